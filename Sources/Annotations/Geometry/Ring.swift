package import ImageCore

/// A closed ring with a search tree over its sides.
package struct Ring: Sendable {
    let points: [Point]
    let tree: BoxTree

    /// A ring by its corners.
    package init(_ points: [Point]) {
        self.points = points
        let count = points.count
        tree = BoxTree(count: count) { i in
            let (a, b) = (points[i], points[i + 1 == count ? 0 : i + 1])
            return Box(minX: min(a.x, b.x), minY: min(a.y, b.y), maxX: max(a.x, b.x), maxY: max(a.y, b.y))
        }
    }

    /// The box around all corners.
    package var bounds: Box { tree.bounds }

    /// Both ends of side `i`.
    @inline(__always)
    func ends(_ i: Int) -> (start: Point, end: Point) { (points[i], points[i + 1 == points.count ? 0 : i + 1]) }

    /// Calls a closure with both ends of every side.
    package func forEachSide(_ body: (Point, Point) -> Void) {
        for i in points.indices {
            let (start, end) = ends(i)
            body(start, end)
        }
    }

    /// Everything that bears on the winding number within a box: single sides, and whole chains that pass left of it.
    ///
    /// A chain on the left counts on a row as one side from its first to its last point would: the crossings between
    /// cancel. This makes a query cost what lies in the box, however long the ring is.
    ///
    /// - Parameters:
    ///   - box: What lies beyond its right, top or bottom is left out. A chain passes left when no x is above `minX`.
    ///   - chain: Gets y of the first and y of the last point of a chain.
    ///   - side: Gets the ends of a side that may enter the box.
    package func visit(_ box: Box, chain: (Double, Double) -> Void, side: (Point, Point) -> Void) {
        tree.walk {
            if $0.minX > box.maxX || $0.minY > box.maxY || $0.maxY < box.minY { return .skip }
            return $0.maxX <= box.minX ? .takeWhole : .open
        } whole: { run in
            chain(points[run.lowerBound].y, ends(run.upperBound - 1).end.y)
        } item: { i in
            let (start, end) = ends(i)
            if max(start.x, end.x) <= box.minX {
                chain(start.y, end.y)
            } else {
                side(start, end)
            }
        }
    }

    /// How often the ring winds around a point: sides at or left of it that cross its row (upper end in, lower end out).
    func winding(_ x: Double, _ y: Double) -> Int {
        var winding = 0
        visit(Box(minX: x, minY: y, maxX: x, maxY: y)) { first, last in
            winding += (first <= y ? 1 : 0) - (last <= y ? 1 : 0)
        } side: { start, end in
            guard (start.y <= y) != (end.y <= y), let edge = Edge(from: start, to: end) else { return }
            if edge.side(x, y) >= 0 { winding += edge.direction }
        }
        return winding
    }

    /// Whether a side may share a point with a box, its border included.
    func crosses(_ box: Box) -> Bool {
        var found = false
        tree.walk {
            found || !$0.touches(box) ? .skip : .open
        } whole: { _ in
        } item: { i in
            let (a, b) = ends(i)
            found = found || Self.segment(a, b, meets: box)
        }
        return found
    }

    private static func segment(_ a: Point, _ b: Point, meets box: Box) -> Bool {
        let bounds = Box(minX: min(a.x, b.x), minY: min(a.y, b.y), maxX: max(a.x, b.x), maxY: max(a.y, b.y))
        guard bounds.touches(box) else { return false }
        func side(_ x: Double, _ y: Double) -> Double { (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) }
        let sides = [
            side(box.minX, box.minY), side(box.maxX, box.minY), side(box.minX, box.maxY), side(box.maxX, box.maxY),
        ]
        return !(sides.allSatisfy { $0 > 0 } || sides.allSatisfy { $0 < 0 })
    }
}
