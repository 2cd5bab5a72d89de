import ImageCore
import ImageProcessing

@testable import Augment

/// Samples for tests of transforms that leave pixels in their places.
enum ChangedSamples {
    /// A picture of bytes in RGB with smooth and rough parts.
    static func picture(width: Int = 37, height: Int = 26) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb)
        for y in 0..<height {
            for x in 0..<width {
                for c in 0..<3 { image[y, x, c] = UInt8(truncatingIfNeeded: 90 + 3 * x - 2 * y + 20 * c + x * y % 31) }
            }
        }
        return image
    }

    /// Two squares of labels 3 and 7.
    static func labels(width: Int = 37, height: Int = 26) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [height, width], color: .labels, domain: .labels)
        for y in 0..<height {
            for x in 0..<width where y > 4 && y < 20 && x % 20 > 3 && x % 20 < 14 { image[y, x] = x < 20 ? 3 : 7 }
        }
        return image
    }

    /// A volume of floats with a known spacing.
    static func volume(_ size: SpatialSize = SpatialSize(x: 12, y: 10, z: 8)) -> Image<Float> {
        var image = Image<Float>(axes: [.z, .y, .x], sizes: [size.z, size.y, size.x], color: .gray)
        for z in 0..<size.z {
            for y in 0..<size.y {
                for x in 0..<size.x { image[z, y, x] = Float((7 * x + 13 * y + 5 * z + x * y * z) % 50) + 10 }
            }
        }
        image.geometry = Geometry(spacingMillimetres: SIMD3(0.5, 1, 2))
        return image
    }

    static var pictureSample: Sample { Sample(.uint8(picture()), labels: .uint8(labels())) }

    static var volumeSample: Sample { Sample(.float32(volume())) }

    /// CT numbers on both sides of 0.
    static func hounsfield() -> Image<Int16> {
        var image = Image<Int16>(axes: [.y, .x], sizes: [16, 16], color: .gray, domain: .hounsfield)
        for y in 0..<16 { for x in 0..<16 { image[y, x] = [-1000, -200, 0, 300][x / 4] } }
        return image
    }
}

extension Pipeline {
    /// The image that one transform makes of an image.
    static func changed<Scalar: ImageScalar>(
        _ image: Image<Scalar>, by transform: any Transform, seed: UInt64 = 1
    ) throws -> Image<Scalar> {
        let sample = Sample(images: [AnyImage(image)])
        let result = try Pipeline(transform).apply(to: sample, key: DrawKey(seed: seed, sample: "a"))
        return result.sample.images[0].converted(to: Scalar.self)
    }
}

extension Image where Scalar: NumericScalar {
    /// The samples in C order as `Double`.
    var numbers: [Double] {
        let image = contiguous()
        return (0..<image.count).map { image.samples[$0].doubleValue }
    }
}
