import ImageProcessing

/// Turns and scales about a place that is given in pixels.
///
/// Pictures and volumes; in volumes every slice is turned. The size of the image stays.
public struct RotateAbout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RotateAbout>(
        "rotate_about", "Turns and scales about a place that is given in pixels.", group: .affine,
        parameters: [
            .distribution("angle", \.angle, unit: .degrees, in: -360...360, "Angle; positive turns x towards y."),
            .number("scale", \.scale, unit: .factor, in: 0.01...100, "Above 1 enlarges."),
            .numbers(
                "center", \.center, unit: .pixels, in: -1e6...1e6, count: 2...2,
                "The place x, y that stays; the first pixel covers 0 to 1."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// The angle in degrees.
    public var angle = Distribution.fixed(0)
    /// The factor of enlargement.
    public var scale = 1.0
    /// The place that stays.
    public var center = [0.0, 0.0]
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["angle": [draws.value(of: angle, named: "angle")]])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let turn = AffineMap.rotation(degrees: SIMD3(0, 0, values["angle"])) * AffineMap.scale(SIMD3(scale, scale, 1))
        guard turn != .identity else { return [] }
        do {
            let map = try SpatialMap(
                outputSize: scene.size, pushing: turn.about(SIMD3(center[0], center[1], 0)))
            return [.geometry(map, reading.sampling(in: scene))]
        } catch {
            throw .transform(path: Self.name, "\(error)")
        }
    }
}
