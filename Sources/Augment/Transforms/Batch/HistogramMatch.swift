import ImageCore
import ImageProcessing

/// Gives an image the distribution of values that another sample of the batch has, channel by channel.
///
/// Values of the same rank are exchanged, as scikit-image's `match_histograms` does. Labels stay, and the sample remains the only
/// source of its class.
public struct HistogramMatch: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HistogramMatch>(
        "histogram_match", "Gives each channel the distribution of values of another sample.", group: .batch,
        parameters: [
            .distribution(
                "amount", \.amount, unit: .fraction, in: 0...1, "1 for the other's values, less for a mean of both.")
        ])
    /// One other sample.
    public static let partnerCount = 1

    /// 1 for the other's values, less for a mean of both.
    public var amount = Distribution.uniform(0.5, 1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["amount": amount]) }

    /// Changes the values.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let amount = try values.list("amount", count: 1, in: 0...1, of: Self.name)[0]
        guard amount > 0 else { return }
        try sample.changeImages(like: partners[0], name: Self.name) { (image, other) throws(ImageError) in
            image = try image.histogramMatched(to: other, amount: amount)
        }
    }
}
