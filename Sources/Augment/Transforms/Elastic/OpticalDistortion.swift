import ImageCore
import ImageProcessing

/// The distortion of a lens: barrel or cushion.
///
/// Any picture, and every slice of a volume alike. With the distance r from the center in parts of width and height, a
/// pixel shows the place at r·(1 + k·r² + k·r⁴): with k above 0 the content shrinks towards the center, more so farther out.
public struct OpticalDistortion: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<OpticalDistortion>(
        "optical_distortion", "Distorts as a lens does: barrel or cushion.", group: .elastic, domain: .any,
        parameters: [
            .distribution(
                "k", \.k, in: -10...10,
                "Strength of the distortion; above 0 shrinks content away from the center, below -0.36 corners fold.")
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Strength of the distortion; below −4/11 corners fold: they show places that are seen elsewhere, too, and points there
    /// have no place of their own.
    public var k = Distribution.uniform(-0.05, 0.05)
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["k": [draws.value(of: k, named: "k")]])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let k = try values.list("k", count: 1, in: -10...10, of: Self.name)[0]
        guard k != 0 else { return [] }
        let size = SIMD2(Double(scene.size.x), Double(scene.size.y))
        let lens = RadialDistortion(center: size / 2, focalLength: size, k1: k, k2: k)
        return [.geometry(SpatialMap(outputSize: scene.size, stages: [.radial(lens)]), reading.sampling(in: scene))]
    }
}
