import ImageProcessing

/// Adds pixels on all sides.
///
/// Any picture or volume.
public struct Pad: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Pad>(
        "pad", "Adds pixels on all sides.", group: .crop, domain: .any,
        parameters: [
            .numbers(
                "amount", \.amount, unit: .pixels, in: 0...100_000, count: 1...3, areWhole: true,
                "Pixels on either side along x, y (and z), or one number for all.")
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Pixels on either side along x, y (and z).
    public var amount = [0.0]
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Nothing is random.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let amount = try CropWindow.numbers(amount, named: "amount", Self.name, in: scene)
        let size = amount.indices.map { scene.extent($0) + 2 * amount[$0] }
        return CropWindow(start: amount.map { -$0 }, size: size).values
    }

    /// What the window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
