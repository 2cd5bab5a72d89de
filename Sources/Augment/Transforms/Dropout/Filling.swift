import ImageCore
import ImageProcessing

/// What pixels become that are dropped; the parameters that all such transforms share.
public struct Filling: Sendable, Hashable {
    /// Where the value comes from.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// A fixed value.
        case value
        /// The mean of each channel.
        case mean
        /// A random number for each sample, from black to white, or from the smallest to the largest value of the image.
        case noise
    }

    /// Where the value comes from.
    public var source = Source.value
    /// The value for ``Source/value``; `nil` takes black, or −1000 in Hounsfield units.
    public var value: Double?
    /// What labels become there; `nil` leaves them.
    public var label: Double?

    /// Black, and labels that stay.
    public init() {}

    /// The declarations of the parameters.
    public static let parameters: [Parameter<Filling>] = [
        .choice("fill_with", \.source, "What dropped pixels become: a value, the mean of their channel, or noise."),
        .automatic(
            "fill", \.value, unit: .value, in: -1e9...1e9,
            "The value for fill_with value; auto is black, or -1000 in Hounsfield units."),
        .automatic(
            "label_fill", \.label, unit: .value, in: -32768...65535, "What labels become there; auto leaves them."
        ).writingLabels { $0.label.map { [$0] } ?? [] },
    ]

    /// The operations that drop pixels.
    ///
    /// - Parameters:
    ///   - name: The name of the transform, for messages.
    ///   - draws: The key of noise.
    ///   - scene: What reaches the transform.
    ///   - dropped: Gives one flag for each pixel in C order of z, y, x.
    /// - Returns: The change of images and, where labels become something, that of labels.
    func operations(
        _ name: String, _ draws: Draws, in scene: Scene, dropped: @escaping @Sendable () -> [Bool]
    ) -> [Operation] {
        let (fill, source, known) = (Float(value ?? Reading.emptiness(scene)), source, scene.blackAndWhite)
        let images = Operation.change(name) { (image, index) in
            let flags = dropped()
            let length = image.count / image.channels
            let limits = source == .noise ? known ?? ValueLimits.limits(of: image) : 0...0
            let (lowest, range) = (Float(limits.lowerBound), Float(limits.upperBound - limits.lowerBound))
            let field = NoiseField(key: draws.noiseKey(image: index))
            let channels = image.channels
            let means = source == .mean ? ImageMeasures(of: image).mean.map { Float($0) } : []
            var samples = image.mutableSamples
            for channel in 0..<channels {
                let start = channel * length
                for i in 0..<min(length, flags.count) where flags[i] {
                    switch source {
                    case .value: samples[start + i] = fill
                    case .mean: samples[start + i] = means[channel]
                    case .noise: samples[start + i] = lowest + range * field.uniform(at: start + i)
                    }
                }
            }
        }
        guard let label else { return [images] }
        return [images, .labels { $0.transformed(by: LabelFilling(flags: dropped(), value: label)) }]
    }
}

/// Writes a value into the flagged pixels of labels.
private struct LabelFilling: ImageTransform {
    /// One flag for each pixel in C order of z, y, x.
    let flags: [Bool]
    let value: Double

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Scalar> {
        var result = image.contiguous()
        let (steps, width, height) = (SampleSteps(image), image.width, image.height)
        let fill = Scalar(converting: value)
        var samples = result.mutableSamples
        for i in 0..<min(flags.count, samples.count / steps.channels) where flags[i] {
            let (row, x) = i.quotientAndRemainder(dividingBy: width)
            let place = row / height * steps.z + row % height * steps.y + x * steps.x
            for channel in 0..<steps.channels { samples[place + channel * steps.channel] = fill }
        }
        return result
    }
}
