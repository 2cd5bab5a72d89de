import ImageCore
import ImageProcessing

/// Displaces each point of a lattice at random; between them space is stretched linearly along each axis.
///
/// Any picture or volume. Points move by a normal number, limited to three deviations and to 0.45 of a cell.
public struct PiecewiseAffine: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<PiecewiseAffine>(
        "piecewise_affine", "Displaces the points of a lattice and stretches what lies between them.",
        group: .elastic, domain: .any,
        parameters: [
            .integer("cells", \.cells, in: 1...64, "Number of cells along each axis."),
            .distribution(
                "deviation", \.deviation, unit: .fraction, in: 0...0.45,
                "Standard deviation of a point's displacement along each axis, as a part of a cell."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Number of cells along each axis.
    public var cells = 4
    /// Standard deviation of the displacements, as a part of a cell.
    public var deviation = Distribution.uniform(0.02, 0.12)
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["deviation": [draws.value(of: deviation, named: "deviation")]])
    }

    /// What the drawn numbers do; the displacements follow from the key.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let deviation = try values.list("deviation", count: 1, in: 0...0.45, of: Self.name)[0]
        guard deviation > 0 else { return [] }
        let noise = LatticeNoise(key: draws.noiseKey(named: "displacements"))
        let axes = scene.dimensions
        let counts = SpatialSize(x: cells + 1, y: cells + 1, z: scene.isVolume ? cells + 1 : 1)
        let displacements = (0..<counts.x * counts.y * counts.z).map { point in
            var result = SIMD3<Float>.zero
            for axis in 0..<axes {
                let part = min(max(deviation * noise.normal(point: point, axis: axis), -0.45), 0.45)
                result[axis] = Float(part * Double(scene.extent(axis)) / Double(cells))
            }
            return result
        }
        return try bent(SpatialStage.lattice, scene, reading) { () throws(ImageError) in
            try DisplacementLattice(covering: scene.size, counts: counts, displacements: displacements)
        }
    }
}
