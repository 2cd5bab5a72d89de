public import ImageCore

/// The exact share of a rectangle that each class covers, from the polygons themselves.
///
/// Where regions overlap, the one painted last counts, as in a mask; exclusions count for no class, so the shares add up to at
/// most 1. No mask and no sampling are involved: the area between the sides is summed as trapezoids, in double
/// precision. Queries may come from any thread, and cost what passes through the rectangle.
public struct CoverageMap: Sendable {
    private let index: PolygonIndex
    /// The classes, in the order of the results.
    public let classNames: [String]

    /// Prepares annotations for queries; takes memory in proportion to the number of their points.
    public init(_ annotations: ResolvedAnnotations) {
        index = PolygonIndex(annotations)
        classNames = annotations.classNames
    }

    /// The share of a rectangle of level-0 pixels that each class covers, 0 to 1, one for each of ``classNames``.
    public func coverage(of rect: PixelRect) -> [Double] {
        coverage(
            of: Box(minX: Double(rect.x), minY: Double(rect.y), maxX: Double(rect.maxX), maxY: Double(rect.maxY)))
    }

    /// The share of a box in level-0 pixels that each class covers, 0 to 1; all 0 for a box without area.
    public func coverage(of box: Box) -> [Double] {
        var shares = [Double](repeating: 0, count: classNames.count)
        guard box.area > 0, box.area.isFinite else { return shares }
        let (crossing, base) = polygons(over: box)
        guard !crossing.isEmpty else {
            if let base { shares[base] = 1 }
            return shares
        }
        var integration = SlabIntegration(box: box, polygons: crossing, base: base, classCount: classNames.count)
        return integration.areas().map { min(1, max(0, $0 / box.area)) }
    }

    /// The class that a point belongs to, an index into ``classNames``; `nil` for none.
    public func classIndex(at point: Point) -> Int? {
        let box = Box(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
        let top = index.candidates(in: box).last { index.polygons[$0].contains(point.x, point.y) }
        return top.flatMap { index.polygons[$0].classIndex }
    }

    /// The polygons whose border passes through a box, in painting order, down to the first one that fills it: the base.
    private func polygons(over box: Box) -> (crossing: [IndexedPolygon], base: Int?) {
        var crossing: [IndexedPolygon] = []
        for i in index.candidates(in: box).reversed() {
            let polygon = index.polygons[i]
            if polygon.borderCrosses(box) {
                crossing.append(polygon)
            } else if polygon.contains(box.minX, box.minY) {
                return (crossing.reversed(), polygon.classIndex)
            }
        }
        return (crossing.reversed(), nil)
    }
}
