import ImageCore
import ImageProcessing

/// Pixels that a sample takes from another.
struct Paste: Sendable {
    /// The size of the sample.
    let size: SpatialSize
    /// Which pixels are taken: one flag for each in C order of z, y, x.
    let flags: [Bool]
    /// How far from its place here each pixel stands there.
    var shift = SIMD3<Int>(0, 0, 0)
    /// How much of each pixel of images is taken, where that is not all or nothing; labels follow the flags.
    var parts: [Float]?

    /// The part of the sample that is taken.
    var share: Double { Double(flags.count(where: \.self)) / Double(max(1, flags.count)) }

    /// An image with the pixels of another.
    func image(_ target: AnyImage, from source: AnyImage) -> AnyImage {
        target.transformed(by: Pasting(paste: self, parts: parts, source: source))
    }

    /// Labels with the pixels of others.
    func labels(_ target: AnyImage, from source: AnyImage) -> AnyImage {
        target.transformed(by: Pasting(paste: self, parts: nil, source: source))
    }
}

/// Where the samples of an image in C order stand.
struct SampleSteps {
    let x, y, z, channel: Int
    let channels: Int

    init<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        func step(_ axis: Axis) -> Int {
            image.layout.index(of: axis).map { image.sizes[($0 + 1)...].reduce(1, *) } ?? 0
        }
        (x, y, z, channel) = (step(.x), step(.y), step(.z), step(.channel))
        channels = image.channels
    }
}

/// Copies flagged pixels, or mixes them in, from an image of the same shape.
private struct Pasting: ImageTransform {
    let paste: Paste
    let parts: [Float]?
    let source: AnyImage

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Scalar> {
        var result = image.contiguous()
        let other = source.converted(to: Scalar.self).contiguous()
        let (steps, size, shift) = (SampleSteps(image), paste.size, paste.shift)
        let offset = shift.x * steps.x + shift.y * steps.y + shift.z * steps.z
        let from = other.samples
        var samples = result.mutableSamples
        for z in 0..<size.z {
            for y in 0..<size.y {
                let (row, start) = ((z * size.y + y) * size.x, z * steps.z + y * steps.y)
                for x in 0..<size.x {
                    let part = parts?[row + x] ?? (paste.flags[row + x] ? 1 : 0)
                    guard part > 0 else { continue }
                    for channel in 0..<steps.channels {
                        let place = start + x * steps.x + channel * steps.channel
                        let value = from[place + offset]
                        samples[place] =
                            part == 1 ? value : Blending.blend(samples[place], value, weight: 1 - Double(part))
                    }
                }
            }
        }
        return result
    }
}

/// The weighted mean of two images of the same shape.
struct Blending: ImageTransform {
    let other: AnyImage
    /// The weight of the image itself.
    let weight: Double

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Scalar> {
        var result = image.contiguous()
        let second = other.converted(to: Scalar.self).contiguous()
        let from = second.samples
        var samples = result.mutableSamples
        for i in 0..<from.count { samples[i] = Self.blend(samples[i], from[i], weight: weight) }
        return result
    }

    /// The weighted mean of two samples, rounded once.
    static func blend<Scalar: ImageScalar>(_ a: Scalar, _ b: Scalar, weight: Double) -> Scalar {
        Scalar(converting: Double(converting: a) * weight + Double(converting: b) * (1 - weight))
    }
}
