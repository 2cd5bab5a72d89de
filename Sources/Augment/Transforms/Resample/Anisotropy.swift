/// Simulates thick slices: fewer samples along one axis, then as many as before.
///
/// Volumes; labels, boxes and points stay as they are. The factors are those of TorchIO.
public struct Anisotropy: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Anisotropy>(
        "anisotropy", "Simulates thick slices along one axis on the same grid.", group: .resample, domain: .volumes,
        parameters: [
            .distribution("axis", \.axis, unit: .none, in: 0...2, "The axis: 0 for x, 1 for y, 2 for z."),
            .distribution("factor", \.factor, unit: .factor, in: 1...100, "How much thicker slices become."),
        ] + Parameter.parts(Coarsening.parameters, \.coarsening), changesValuesOnly: true)

    /// The axis: 0 for x, 1 for y, 2 for z.
    public var axis = Distribution.choice([0, 1, 2])
    /// How much thicker slices become.
    public var factor = Distribution.uniform(1.5, 5)
    /// The way down and up.
    public var coarsening = Coarsening(down: .nearest, up: .linear)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "axis": [draws.value(of: axis, named: "axis").rounded()],
            "factor": [draws.value(of: factor, named: "factor")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        var scales = [1.0, 1, 1]
        let axis = try values.integer("axis", in: 0...2, of: Self.name)
        scales[axis] = 1 / (try values.list("factor", count: 1, in: 1...100, of: Self.name)[0])
        return coarsening.operations(scales, in: scene)
    }
}
