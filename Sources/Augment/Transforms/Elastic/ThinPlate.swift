import ImageCore
import ImageProcessing

/// Bends a picture like a thin plate that is held at displaced points (``ImageProcessing/ThinPlateSpline``).
///
/// Points lie in a regular grid from edge to edge; each is displaced along x and y by a normal number, limited to three
/// deviations. Volumes are bent slice by slice alike.
public struct ThinPlate: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ThinPlate>(
        "thin_plate", "Bends like a thin plate that is held at displaced points.", group: .elastic,
        parameters: [
            .integer("points", \.points, in: 2...16, "Number of points along x and y."),
            .distribution(
                "deviation", \.deviation, unit: .fraction, in: 0...0.2,
                "Standard deviation of a point's displacement, as a part of the size."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Number of points along x and y.
    public var points = 4
    /// Standard deviation of a point's displacement, as a part of the size.
    public var deviation = Distribution.uniform(0.01, 0.04)
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["deviation": deviation]) }

    /// What the drawn numbers do; the displacements follow from the key.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let deviation = try values.list("deviation", count: 1, in: 0...0.2, of: Self.name)[0]
        guard deviation > 0 else { return [] }
        let noise = LatticeNoise(key: draws.noiseKey(named: "displacements"))
        let (width, height) = (Double(scene.size.x), Double(scene.size.y))
        var (from, to): ([Point], [Point]) = ([], [])
        for index in 0..<points * points {
            let (j, i) = index.quotientAndRemainder(dividingBy: points)
            let point = Point(x: width * Double(i) / Double(points - 1), y: height * Double(j) / Double(points - 1))
            from.append(point)
            to.append(
                Point(
                    x: point.x + deviation * width * noise.normal(point: index, axis: 0),
                    y: point.y + deviation * height * noise.normal(point: index, axis: 1)))
        }
        return try bent(SpatialStage.lattice, scene, reading) { () throws(ImageError) in
            try DisplacementLattice(sampling: try ThinPlateSpline(from: from, to: to), over: scene.size)
        }
    }
}
