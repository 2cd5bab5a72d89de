public import ImageCore

/// Where each pixel of a result comes from: a chain of stages from places in the result to places in the source.
///
/// Places are in edge coordinates: pixel (i, j) covers [i, i+1) × [j, j+1), and its center is (i + ½, j + ½). The map *pulls*: to turn a picture
/// clockwise, its map turns places counterclockwise; ``init(outputSize:pushing:)`` takes the map that moves the content instead.
///
/// ```swift
/// let size = SpatialSize(x: 256, y: 256)
/// let turned = try SpatialMap(outputSize: size, pushing: .rotation(degrees: 30, about: size.center))
/// let bent = SpatialMap(outputSize: size, stages: [.bSpline(lattice)])
/// let both = turned.composed(with: bent)    // turned first, then bent; sampled once
/// ```
public struct SpatialMap: Sendable, Hashable {
    /// Size of the result.
    public var outputSize: SpatialSize
    /// The steps from the result to the source, in this order; neighboring affine maps are one.
    public private(set) var stages: [SpatialStage]

    /// A map by its stages; without one, every pixel stays in its place.
    public init(outputSize: SpatialSize, stages: [SpatialStage] = []) {
        self.outputSize = outputSize
        self.stages = []
        for stage in stages { append(stage) }
    }

    /// A map by the affine map from places in the result to places in the source.
    public init(outputSize: SpatialSize, pulling map: AffineMap) {
        self.init(outputSize: outputSize, stages: [.affine(map)])
    }

    /// A map by the affine map that moves the content of the source to its places in the result.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a map that flattens space.
    public init(outputSize: SpatialSize, pushing map: AffineMap) throws(ImageError) {
        guard let inverse = map.inverse else {
            throw .invalidArgument("expected an affine map that can be undone, found \(map)")
        }
        self.init(outputSize: outputSize, pulling: inverse)
    }

    /// The map of another one that is applied to the result of this one.
    ///
    /// Its stages come first, since they lead from the new result to the old one. Neighboring affine maps are multiplied in `Double`.
    public func composed(with next: SpatialMap) -> SpatialMap {
        SpatialMap(outputSize: next.outputSize, stages: next.stages + stages)
    }

    /// The place in the source that a place in the result shows; NaN where it shows nothing.
    public func source(of point: SIMD3<Double>) -> SIMD3<Double> {
        stages.reduce(point) { $1.applied(to: $0) }
    }

    /// The place in the result where a place in the source is seen, or `nil` where there is none or it cannot be found.
    ///
    /// Exact for affine and projective maps; within 10⁻⁶ pixels for the others.
    public func target(of point: SIMD3<Double>) -> SIMD3<Double>? {
        var point = point
        for stage in stages.reversed() {
            guard let origin = stage.origin(of: point) else { return nil }
            point = origin
        }
        return point
    }

    /// The map that undoes this one: every stage undone, in reverse order.
    ///
    /// - Parameter outputSize: Size of the new result, most often that of the source.
    /// - Returns: The map back.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a stage that flattens space.
    public func inverse(outputSize: SpatialSize) throws(ImageError) -> SpatialMap {
        var inverses = [SpatialStage]()
        for stage in stages.reversed() {
            guard let inverse = stage.inverse else {
                throw .invalidArgument("expected stages that can be undone, found \(stage)")
            }
            inverses.append(inverse)
        }
        return SpatialMap(outputSize: outputSize, stages: inverses)
    }

    /// The whole map when it is affine, the identity included; otherwise `nil`.
    public var affine: AffineMap? {
        if stages.isEmpty { return .identity }
        guard stages.count == 1, case .affine(let map) = stages[0] else { return nil }
        return map
    }

    /// The map that sees through the images between its stages.
    var withoutWindows: SpatialMap {
        SpatialMap(
            outputSize: outputSize,
            stages: stages.filter { stage in
                if case .window = stage { false } else { true }
            })
    }

    private mutating func append(_ stage: SpatialStage) {
        guard case .affine(let next) = stage else { return stages.append(stage) }
        if case .affine(let previous) = stages.last {
            stages.removeLast()
            append(.affine(next * previous))
        } else if next != .identity {
            stages.append(stage)
        }
    }
}

extension SpatialMap: Codable {
    private enum Key: CodingKey { case outputSize, stages }

    /// Reads size and stages.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            outputSize: try values.decode(SpatialSize.self, forKey: .outputSize),
            stages: try values.decode([SpatialStage].self, forKey: .stages))
    }

    /// Writes size and stages.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(outputSize, forKey: .outputSize)
        try values.encode(stages, forKey: .stages)
    }
}
