import ImageCore
import ImageProcessing

/// Bends space smoothly: cubic B-splines over a coarse lattice of control points, each displaced at random.
///
/// Any picture or volume. With n control points along an axis the splines have n − 3 cells over the image and one point
/// beyond each end, the grid of ITK and TorchIO. Along each axis a point moves by a uniform number of either sign.
public struct Elastic: Transform {
    /// What displacements count in.
    public enum LengthUnit: String, Sendable, Hashable, CaseIterable {
        /// Millimetres in volumes of known spacing, otherwise pixels.
        case automatic = "auto"
        case millimetres = "mm"
        case pixels = "px"
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Elastic>(
        "elastic", "Bends space by cubic B-splines over randomly displaced control points.", group: .elastic,
        domain: .any,
        parameters: [
            .integer("control_points", \.controlPoints, in: 4...64, "Number of control points along each axis."),
            .perAxis(
                "max_displacement", \.maxDisplacement, in: 0...1000, neutral: 0,
                "By how much a control point moves at most along each axis; counted in unit."),
            .choice("unit", \.unit, "Unit of max_displacement; auto is mm in volumes of known spacing, otherwise px."),
            .integer(
                "locked_borders", \.lockedBorders, in: 0...3,
                "How many layers of control points at each border stay; with 3 the border of the image does not move."),
            .flag(
                "prevent_folding", \.preventFolding,
                "Whether displacements are limited to 0.4 of the distance between points, so that space never folds."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Number of control points along each axis.
    public var controlPoints = 7
    /// The largest displacement of a control point along each axis.
    public var maxDisplacement: [Distribution] = [.fixed(7.5)]
    /// What it counts in.
    public var unit = LengthUnit.automatic
    /// How many layers of control points at each border stay.
    public var lockedBorders = 2
    /// Whether displacements stay below the bound of Choi and Lee, "Injectivity conditions of 2D and 3D uniform cubic B-spline
    /// functions" (2000): 0.48 of the distance between points in the plane and 0.40 in space; 0.40 is used for both.
    public var preventFolding = true
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the largest displacements, in pixels along each axis.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        var limits = drawnPerAxis(maxDisplacement, "max_displacement", draws, in: scene, otherwise: 0)
        let step = try unit.step(Self.name, in: scene)
        for axis in limits.indices { limits[axis] /= step[axis] }
        if preventFolding {
            for axis in limits.indices { limits[axis] = min(limits[axis], 0.4 * cell(axis, scene)) }
        }
        return DrawnValues(["max_displacement_pixels": limits])
    }

    /// What the drawn numbers do; the displacements follow from the key.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let limits = try values.list(
            "max_displacement_pixels", count: scene.dimensions, in: 0...1e9, of: Self.name)
        guard limits.contains(where: { $0 > 0 }) else { return [] }
        let key = draws.noiseKey(named: "displacements")
        return try bent(SpatialStage.bSpline, scene, reading) { () throws(ImageError) in
            try lattice(limits, LatticeNoise(key: key), scene)
        }
    }

    private func cell(_ axis: Int, _ scene: Scene) -> Double {
        Double(scene.extent(axis)) / Double(controlPoints - 3)
    }

    private func lattice(
        _ limits: [Double], _ noise: LatticeNoise, _ scene: Scene
    ) throws(ImageError) -> DisplacementLattice {
        let count = controlPoints
        let depth = scene.isVolume ? count : 1
        let free = lockedBorders..<max(lockedBorders, count - lockedBorders)
        var displacements = [SIMD3<Float>](repeating: .zero, count: count * count * depth)
        for k in 0..<depth where !scene.isVolume || free.contains(k) {
            for j in free {
                for i in free {
                    let point = (k * count + j) * count + i
                    for axis in limits.indices {
                        displacements[point][axis] = Float(limits[axis] * noise.uniform(point: point, axis: axis))
                    }
                }
            }
        }
        let spacing = SIMD3(cell(0, scene), cell(1, scene), scene.isVolume ? cell(2, scene) : 1)
        return try DisplacementLattice(
            counts: SpatialSize(x: count, y: count, z: depth),
            origin: SIMD3(-spacing.x, -spacing.y, scene.isVolume ? -spacing.z : 0.5), spacing: spacing,
            displacements: displacements)
    }
}

extension Elastic.LengthUnit {
    /// The distance between pixels along each axis in this unit.
    ///
    /// - Throws: ``AugmentError`` for millimetres where the spacing is not known.
    func step(_ name: String, in scene: Scene) throws(AugmentError) -> SIMD3<Double> {
        switch self {
        case .pixels: return .one
        case .automatic: return scene.isVolume ? scene.knownSpacing ?? .one : .one
        case .millimetres:
            guard let spacing = scene.knownSpacing else {
                throw .transform(path: name, "expected an image of known spacing for unit mm, found none")
            }
            return spacing
        }
    }
}
