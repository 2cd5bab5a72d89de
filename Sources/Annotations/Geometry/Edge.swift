import ImageCore

/// One side of a ring, from its upper to its lower end; horizontal sides never cross a row and are none.
///
/// Whichever way a ring runs, the same two points give the same numbers, so that two regions that share a side agree
/// about every pixel beside it.
struct Edge: Sendable {
    let top: Point
    let bottom: Point
    /// 1 when the ring runs downwards here, -1 when upwards.
    let direction: Int
    let minX: Double
    let maxX: Double

    init?(from start: Point, to end: Point) {
        guard start.y != end.y else { return nil }
        let runsDown = start.y < end.y
        top = runsDown ? start : end
        bottom = runsDown ? end : start
        direction = runsDown ? 1 : -1
        minX = min(start.x, end.x)
        maxX = max(start.x, end.x)
    }

    /// Where the edge crosses a row, rounded.
    @inline(__always)
    func x(at y: Double) -> Double {
        let x = top.x + (y - top.y) * ((bottom.x - top.x) / (bottom.y - top.y))
        return min(max(x, minX), maxX)
    }

    /// The side of the edge that a point of one of its rows lies on: negative left, 0 on it, positive right.
    ///
    /// Never decreases with x, also after rounding, and is exact for coordinates of few bits.
    @inline(__always)
    func side(_ x: Double, _ y: Double) -> Double {
        if x < minX { return -1 }
        if x > maxX { return 1 }
        return (x - top.x) * (bottom.y - top.y) - (y - top.y) * (bottom.x - top.x)
    }
}
