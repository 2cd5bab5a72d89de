import ImageProcessing

/// Fills single pixels, all their channels together.
///
/// Any image; all images of a sample lose the same pixels.
public struct PixelDropout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<PixelDropout>(
        "pixel_dropout", "Fills single pixels.", group: .dropout,
        parameters: [.distribution("amount", \.amount, unit: .probability, in: 0...1, "Part of the pixels.")]
            + Parameter.parts(Filling.parameters, \.filling))

    /// The part of the pixels.
    public var amount = Distribution.fixed(0.01)
    /// What is put there.
    public var filling = Filling()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["amount": amount]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (amount, size) = (Float(values["amount"]), scene.size)
        guard amount > 0 else { return [] }
        let field = NoiseField(key: draws.noiseKey(named: "pixels"))
        return filling.operations(Self.name, draws, in: scene) {
            (0..<size.x * size.y * size.z).map { field.uniform(at: $0) < amount }
        }
    }
}
