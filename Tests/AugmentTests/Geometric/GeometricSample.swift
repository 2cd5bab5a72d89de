import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Smooth pictures and volumes with a box of label 7, its corners and center, for tests of what moves pixels.
enum GeometricSample {
    static let size = SpatialSize(x: 44, y: 34)
    static let volumeSize = SpatialSize(x: 18, y: 16, z: 14)

    private static func value(_ p: SIMD3<Double>) -> Double {
        let q = p * SIMD3(1, 2, 3)
        return 120 + 60 * bump(p.x, 11) + 40 * bump(p.y, 9) - 30 * bump(q.sum() / 3, 23)
    }

    /// Smooth, with a period.
    private static func bump(_ x: Double, _ period: Double) -> Double {
        let t = (x / period - (x / period).rounded(.down)) * 2 - 1
        return 1 - 2 * (1 - t * t) * (1 - t * t)
    }

    /// A gray picture; every other label is 3 on the left.
    static func picture(size: SpatialSize = size) -> Sample {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [size.y, size.x], color: .gray)
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [size.y, size.x], color: .labels, domain: .labels)
        for y in 0..<size.y {
            for x in 0..<size.x {
                image[y, x] = UInt8(min(max(value(SIMD3(Double(x), Double(y), 0)), 0), 255))
                labels[y, x] = (18..<28).contains(x) && (13..<20).contains(y) ? 7 : x < 6 ? 3 : 0
            }
        }
        return sample(.uint8(image), .uint8(labels), SIMD3(18, 13, 0), SIMD3(28, 20, 1), isVolume: false)
    }

    /// A volume in Hounsfield units with slices of 2.5 mm.
    static func volume() -> Sample {
        let size = volumeSize
        var image = Image<Int16>(
            axes: [.z, .y, .x], sizes: [size.z, size.y, size.x], color: .gray, domain: .hounsfield)
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 1.25, 2.5))
        var labels = Image<UInt8>(
            axes: [.z, .y, .x], sizes: [size.z, size.y, size.x], color: .labels, domain: .labels)
        labels.geometry = image.geometry
        for z in 0..<size.z {
            for y in 0..<size.y {
                for x in 0..<size.x {
                    image[z, y, x] = Int16(2 * value(SIMD3(Double(x), Double(y), Double(z))) - 300)
                    let inside = (7..<12).contains(x) && (6..<11).contains(y) && (5..<9).contains(z)
                    labels[z, y, x] = inside ? 7 : x < 3 ? 3 : 0
                }
            }
        }
        return sample(.int16(image), .uint8(labels), SIMD3(7, 6, 5), SIMD3(12, 11, 9), isVolume: true)
    }

    private static func sample(
        _ image: AnyImage, _ labels: AnyImage, _ lower: SIMD3<Double>, _ upper: SIMD3<Double>, isVolume: Bool
    ) -> Sample {
        var center = (lower + upper) / 2
        if !isVolume { center.z = 0 }
        return Sample(
            images: [image], labels: [labels], boxes: [BoundingBox(lower: lower, upper: upper, label: 7)],
            points: [center])
    }

    /// One step of a pipeline.
    static func pipeline(_ step: String) throws -> Pipeline {
        try Pipeline(parsing: "{tessera_pipeline: 1, steps: [\(step)]}")
    }

    static func key(_ number: Int) -> DrawKey { DrawKey(seed: UInt64(number), sample: "a") }

    /// The samples of any image as numbers.
    static func values(_ image: AnyImage) -> [Double] {
        let image = image.converted(to: Double.self).contiguous()
        return (0..<image.count).map { image.samples[$0] }
    }
}
