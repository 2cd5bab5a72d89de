import ImageCore
import ImageProcessing

/// Turns some pixels white and some black, all their channels together.
///
/// Any image. Where the domain has no black and white, the smallest and the largest value of the image stand for them. A share of
/// 1 gives salt alone, 0 pepper alone.
public struct SaltAndPepper: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<SaltAndPepper>(
        "salt_and_pepper", "Turns some pixels white and some black.", group: .noise,
        parameters: [
            .distribution("amount", \.amount, unit: .probability, in: 0...1, "Part of the pixels that are replaced."),
            .distribution(
                "salt", \.salt, unit: .probability, in: 0...1,
                "Part of these that turn white: 1 for salt alone, 0 for pepper alone."),
        ])

    /// Part of the pixels that are replaced.
    public var amount = Distribution.uniform(0, 0.05)
    /// Part of the replaced pixels that turn white.
    public var salt = Distribution.fixed(0.5)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values(["amount": amount, "salt": salt])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        Self.operations(Self.name, amount: values["amount"], salt: values["salt"], draws, scene)
    }

    /// The operation, for this and for its two parts.
    static func operations(
        _ name: String, amount: Double, salt: Double, _ draws: Draws, _ scene: Scene
    ) -> [Operation] {
        guard amount > 0 else { return [] }
        let known = scene.blackAndWhite
        return [
            .change(name) { (image, index) throws(ImageError) in
                let limits = known ?? ValueLimits.limits(of: image)
                image = try image.addingSaltAndPepper(
                    amount: amount, saltShare: salt, salt: Float(limits.upperBound), pepper: Float(limits.lowerBound),
                    key: draws.noiseKey(image: index))
            }
        ]
    }
}
