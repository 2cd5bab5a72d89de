/// Simulates a picture taken at a lower magnification, on the same grid.
///
/// Pictures; labels, boxes and points stay as they are. Both axes have the same scale.
public struct Downscale: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Downscale>(
        "downscale", "Simulates a picture taken at a lower magnification, on the same grid.", group: .resample,
        domain: .pictures,
        parameters: [
            .distribution(
                "scale", \.scale, unit: .factor, in: 0.01...1, "Part of the pixels that is kept along each axis.")
        ] + Parameter.parts(Coarsening.parameters, \.coarsening), changesValuesOnly: true)

    /// Part of the pixels that is kept along each axis.
    public var scale = Distribution.uniform(0.25, 0.5)
    /// The way down and up.
    public var coarsening = Coarsening(down: .area, up: .linear)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["scale": [draws.value(of: scale, named: "scale")]])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let scale = try values.list("scale", count: 1, in: 0.01...1, of: Self.name)[0]
        return coarsening.operations([scale, scale], in: scene)
    }
}
