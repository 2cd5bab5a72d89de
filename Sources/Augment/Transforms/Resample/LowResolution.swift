/// Simulates an image of lower resolution on the same grid: fewer samples along each axis, then as many as before.
///
/// Any picture or volume; labels, boxes and points stay as they are. The defaults are those of batchgenerators.
public struct LowResolution: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LowResolution>(
        "low_resolution", "Simulates an image of lower resolution on the same grid.", group: .resample, domain: .any,
        parameters: [
            .perAxis(
                "scale", \.scale, unit: .factor, in: 0.01...1, neutral: 1,
                "Part of the samples that is kept; one for all axes or one for each."),
            .flag("in_plane", \.inPlane, "Whether a single scale leaves z as it is, for volumes of thick slices."),
        ] + Parameter.parts(Coarsening.parameters, \.coarsening), changesValuesOnly: true)

    /// Part of the samples that is kept along each axis.
    public var scale: [Distribution] = [.uniform(0.5, 1)]
    /// Whether a single part is that of x and y: slices stay.
    public var inPlane = false
    /// The way down and up.
    public var coarsening = Coarsening(down: .nearest, up: .cubic)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        var parts = drawnPerAxis(scale, "scale", draws, in: scene, otherwise: 1)
        if inPlane, scale.count == 1, parts.count == 3 { parts[2] = 1 }
        return DrawnValues(["scale": parts])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let scales = try values.list("scale", count: scene.dimensions, in: 0.01...1, of: Self.name)
        return coarsening.operations(scales, in: scene)
    }
}
