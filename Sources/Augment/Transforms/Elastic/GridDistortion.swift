import ImageCore
import ImageProcessing

/// Stretches and squeezes the columns and rows (and slices) of a coarse grid, each on its own.
///
/// Any picture or volume. The outer border stays where it is; inside, a cell is wider or narrower by up to the limit.
public struct GridDistortion: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<GridDistortion>(
        "grid_distortion", "Stretches and squeezes the cells of a coarse grid along each axis.", group: .elastic,
        domain: .any,
        parameters: [
            .integer("cells", \.cells, in: 1...100, "Number of cells along each axis."),
            .distribution(
                "limit", \.limit, unit: .fraction, in: 0...0.9,
                "By which part of its length a cell is longer or shorter at most."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Number of cells along each axis.
    public var cells = 5
    /// The largest change of a cell's length, as a part of it.
    public var limit = Distribution.fixed(0.3)
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the lengths of the cells along each axis, where 1 is no change.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let limit = draws.value(of: limit, named: "limit")
        guard limit > 0 else { return DrawnValues() }
        var values = DrawnValues()
        for (axis, name) in ["x", "y", "z"].prefix(scene.dimensions).enumerated() {
            values.numbers[name] = (0..<cells).map {
                draws.value(of: .uniform(1 - limit, 1 + limit), named: "lengths", index: axis * 100 + $0)
            }
        }
        return values
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        guard !values.numbers.isEmpty, cells > 1 else { return [] }
        var shifts: [[Float]] = []
        for (axis, name) in ["x", "y", "z"].enumerated() {
            let count = axis < scene.dimensions ? cells : 0
            let lengths = try values.list(name, count: count, in: 0.01...2, of: Self.name)
            shifts.append(Self.shifts(lengths, extent: Double(scene.extent(axis))))
        }
        let counts = SpatialSize(x: shifts[0].count, y: shifts[1].count, z: shifts[2].count)
        var displacements: [SIMD3<Float>] = []
        for z in shifts[2] { for y in shifts[1] { for x in shifts[0] { displacements.append(SIMD3(x, y, z)) } } }
        return try bent(SpatialStage.lattice, scene, reading) { () throws(ImageError) in
            try DisplacementLattice(covering: scene.size, counts: counts, displacements: displacements)
        }
    }

    /// By how much the borders of the cells move; a single 0 for an axis without cells.
    private static func shifts(_ lengths: [Double], extent: Double) -> [Float] {
        guard !lengths.isEmpty else { return [0] }
        let (sum, step) = (lengths.reduce(0, +), extent / Double(lengths.count))
        var (result, place) = ([Float](), 0.0)
        for (i, length) in lengths.enumerated() {
            result.append(Float(place - Double(i) * step))
            place += length / sum * extent
        }
        return result + [0]
    }
}
