import ImageCore
import ImageProcessing

/// Shows the picture from another side: each corner shows another place of the source.
///
/// Any picture, and every slice of a volume alike.
public struct Perspective: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Perspective>(
        "perspective", "Moves each corner and maps straight lines to straight lines.", group: .affine, domain: .any,
        parameters: [
            .distribution(
                "scale", \.scale, unit: .fraction, in: 0...0.24,
                "By which part of width and height corners move at most, in either direction.")
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// The largest move of a corner along each axis, as a part of the size; below a quarter the four stay convex.
    public var scale = Distribution.uniform(0.05, 0.1)
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let scale = draws.value(of: scale, named: "scale")
        let corners = (0..<8).map { scale * draws.value(of: .uniform(-1, 1), named: "corners", index: $0) }
        return DrawnValues(["corners": scale == 0 ? [] : corners])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        guard !values.list("corners").isEmpty else { return [] }
        let moves = try values.list("corners", count: 8, in: -0.25...0.25, of: Self.name)
        let (width, height) = (Double(scene.size.x), Double(scene.size.y))
        let corners = [Point(x: 0, y: 0), Point(x: width, y: 0), Point(x: width, y: height), Point(x: 0, y: height)]
        let seen = corners.enumerated().map { i, corner in
            Point(x: corner.x + moves[2 * i] * width, y: corner.y + moves[2 * i + 1] * height)
        }
        guard let map = Homography(from: corners, to: seen) else {
            let found = seen.map { SIMD3($0.x, $0.y, 0).placeText(axes: 2) }.joined(separator: ", ")
            throw .transform(path: Self.name, "expected corners that span the plane, found \(found)")
        }
        let stages = [SpatialStage.perspective(map)]
        return [.geometry(SpatialMap(outputSize: scene.size, stages: stages), reading.sampling(in: scene))]
    }
}
