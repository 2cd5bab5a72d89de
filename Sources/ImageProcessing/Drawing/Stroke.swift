import ImageCore

/// The set of places within a distance of a line segment: what a round pen covers.
struct Stroke {
    let start: Point
    let end: Point
    let radius: Double

    /// The rows whose centers may be covered.
    var rows: (low: Double, high: Double) { (min(start.y, end.y) - radius, max(start.y, end.y) + radius) }

    /// The interval of x that is covered at a height; `nil` when none is.
    ///
    /// The set is convex, so the interval is the hull of what the two round ends and the body between them cover.
    func interval(atHeight y: Double) -> (low: Double, high: Double)? {
        var hull: (low: Double, high: Double)?
        func include(_ low: Double, _ high: Double) {
            hull = (min(low, hull?.low ?? low), max(high, hull?.high ?? high))
        }
        for center in [start, end] where abs(y - center.y) <= radius {
            let half = (radius * radius - (y - center.y) * (y - center.y)).squareRoot()
            include(center.x - half, center.x + half)
        }
        for (a, b) in bodyEdges where min(a.y, b.y) <= y && y <= max(a.y, b.y) && a.y != b.y {
            let x = a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y))
            include(x, x)
        }
        return hull
    }

    /// The two long edges of the rectangle between the round ends.
    private var bodyEdges: [(Point, Point)] {
        let length = ((end.x - start.x) * (end.x - start.x) + (end.y - start.y) * (end.y - start.y)).squareRoot()
        guard length > 0 else { return [] }
        let (nx, ny) = ((start.y - end.y) / length * radius, (end.x - start.x) / length * radius)
        return [1.0, -1.0].map { side in
            (
                Point(x: start.x + side * nx, y: start.y + side * ny),
                Point(x: end.x + side * nx, y: end.y + side * ny)
            )
        }
    }
}
