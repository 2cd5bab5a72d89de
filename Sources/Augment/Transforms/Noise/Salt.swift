import ImageProcessing

/// Turns some pixels white, all their channels together: ``SaltAndPepper`` with salt alone.
public struct Salt: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Salt>(
        "salt", "Turns some pixels white.", group: .noise,
        parameters: [
            .distribution("amount", \.amount, unit: .probability, in: 0...1, "Part of the pixels that are replaced.")
        ])

    /// Part of the pixels that are replaced.
    public var amount = Distribution.uniform(0, 0.05)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["amount": amount]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        SaltAndPepper.operations(Self.name, amount: values["amount"], salt: 1, draws, scene)
    }
}
