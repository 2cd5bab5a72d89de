import ImageCore
import ImageProcessing

/// Gives each channel the mean 0 and the deviation 1; the result is made of floats.
///
/// Any image. With `nonzero` only values other than 0 count, and zeros stay 0, as usual for skull-stripped MRI. With `labels` the
/// values count whose label is not 0, and all are changed, as by TorchIO with a mask. A channel of one value becomes 0.
public struct ZScore: Transform {
    /// Which values count for mean and deviation.
    public enum Over: String, Sendable, Hashable, CaseIterable {
        case all, nonzero, labels
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ZScore>(
        "z_score", "Gives each channel the mean 0 and the deviation 1; the result is made of floats.",
        group: .preparation, domain: .any,
        parameters: [
            .choice(
                "over", \.over, "Which values count, labels for those whose label is not 0; zeros stay 0 with nonzero.")
        ])

    /// Which values count.
    public var over = Over.all

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let form = Operation.output(OutputForm(kind: .float32, domain: .unspecified))
        switch over {
        case .nonzero:
            return [
                .image { image, _ in Self.standardize(&image, onlyCounted: true) { value, _ in value != 0 } }, form,
            ]
        case .labels:
            guard let labels = try scene.labels().first else {
                throw .transform(path: Self.name, "expected labels for over: labels, found none")
            }
            let flags = try LabelFlags.flags(labels, name: Self.name)
            return [.image { image, _ in Self.standardize(&image, onlyCounted: false) { flags[$1] } }, form]
        case .all:
            return [
                .measured { measures in
                    let scale = measures.deviation.map { $0 > 0 ? 1 / $0 : 0 }
                    return [.linear(scale: scale, bias: zip(measures.mean, scale).map { -$0 * $1 })]
                }, form,
            ]
        }
    }

    /// Standardizes each channel by the values that count, which a closure tells from the value and its place in the channel.
    private static func standardize(
        _ image: inout Image<Float>, onlyCounted: Bool, _ counts: (Float, Int) -> Bool
    ) {
        let channels = image.channels
        let length = image.count / max(1, channels)
        var samples = image.mutableSamples
        for channel in 0..<channels {
            let range = channel * length..<(channel + 1) * length
            var (sum, squares, count) = (0.0, 0.0, 0)
            for i in range where counts(samples[i], i - range.lowerBound) {
                sum += Double(samples[i])
                count += 1
            }
            let mean = sum / Double(max(1, count))
            for i in range where counts(samples[i], i - range.lowerBound) {
                squares += (Double(samples[i]) - mean) * (Double(samples[i]) - mean)
            }
            let deviation = (squares / Double(max(1, count))).squareRoot()
            let factor = deviation > 0 ? 1 / deviation : 0
            for i in range where !onlyCounted || counts(samples[i], i - range.lowerBound) {
                samples[i] = Float((Double(samples[i]) - mean) * factor)
            }
        }
    }
}
