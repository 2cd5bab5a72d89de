import ImageCore
import ImageProcessing

/// Subtracts a mean and divides by a deviation, channel by channel; the result is made of floats.
///
/// Mean and deviation count in the value range: the usual numbers for RGB from 0 to 1 serve 8-bit pictures as they are.
public struct Normalize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Normalize>(
        "normalize", "Subtracts a mean and divides by a deviation for each channel; the result is made of floats.",
        group: .preparation,
        parameters: [
            .numbers(
                "mean", \.mean, unit: .valueRange, in: -1e9...1e9, count: 1...64,
                "One for all channels or one for each."),
            .numbers(
                "deviation", \.deviation, unit: .valueRange, in: 1e-12...1e9, count: 1...64,
                "One for all channels or one for each."),
            .flag(
                "channels_first", \.channelsFirst,
                "Whether the result has channels before rows, as training code wants it."
            ),
        ])

    /// What is subtracted; the default is that of ImageNet.
    public var mean = [0.485, 0.456, 0.406]
    /// What the rest is divided by; the default is that of ImageNet.
    public var deviation = [0.229, 0.224, 0.225]
    /// Whether channels come before rows.
    public var channelsFirst = true

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        for count in [mean.count, deviation.count] where count != 1 && count != scene.channels {
            throw .transform(
                path: Self.name, "expected one number or \(scene.channels), one for each channel, found \(count)")
        }
        return DrawnValues()
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (range, black) = (scene.valueRange, scene.blackAndWhite?.lowerBound ?? 0)
        let count = max(mean.count, deviation.count)
        let scale = (0..<count).map { 1 / (deviation[deviation.count == 1 ? 0 : $0] * range) }
        let bias = (0..<count).map { -(mean[mean.count == 1 ? 0 : $0] * range + black) * scale[$0] }
        let form = OutputForm(kind: .float32, domain: .unspecified, channelsFirst: channelsFirst)
        return [.pixels([.linear(scale: scale, bias: bias)]), .output(form)]
    }
}
