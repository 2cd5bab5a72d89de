import ImageCore
import ImageProcessing

/// Adds the difference from the blurred image: an unsharp mask.
///
/// Any image; in volumes each slice by itself. The threshold counts in the value range of the image.
public struct Sharpen: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Sharpen>(
        "sharpen", "Adds the difference from the image blurred in x and y: an unsharp mask.", group: .blur,
        parameters: [
            .distribution("amount", \.amount, unit: .factor, in: 0...100, "How much of the difference is added."),
            .distribution(
                "sigma", \.sigma, unit: .pixels, in: 0...100, "Standard deviation of the Gaussian that blurs."),
            .number(
                "threshold", \.threshold, unit: .valueRange, in: 0...1e9, "Smallest difference that counts."),
        ])

    /// How much of the difference is added.
    public var amount = Distribution.uniform(0.2, 1)
    /// Standard deviation of the blur in pixels.
    public var sigma = Distribution.fixed(1)
    /// The smallest difference that counts, in the value range.
    public var threshold = 0.0

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values(["amount": amount, "sigma": sigma])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (amount, sigma, threshold) = (values["amount"], values["sigma"], threshold * scene.valueRange)
        guard amount > 0, sigma > 0 else { return [] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                image = try image.sharpened(sigma: sigma, amount: amount, threshold: threshold)
            }
        ]
    }
}
