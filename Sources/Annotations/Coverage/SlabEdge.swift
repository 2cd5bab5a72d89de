import ImageCore

/// A piece of a polygon's side within a box, in coordinates of the box's corner.
struct SlabEdge {
    var topX: Double
    var topY: Double
    var bottomX: Double
    var bottomY: Double
    /// Which polygon of the query it belongs to.
    var owner: Int

    @inline(__always)
    func x(at y: Double) -> Double {
        let part = (y - topY) / (bottomY - topY)
        return topX + (bottomX - topX) * part
    }
}

/// Cuts the sides of polygons down to a box.
///
/// What lies left of the box is moved to its left side, where it still decides between inside and outside; what lies right,
/// above or below is dropped.
struct SlabClipper {
    let box: Box
    private(set) var edges: [SlabEdge] = []
    private var width: Double { box.maxX - box.minX }
    private var height: Double { box.maxY - box.minY }

    init(box: Box) { self.box = box }

    mutating func add(_ ring: Ring, owner: Int) {
        var found: [(start: Point, end: Point)] = []
        ring.visit(box) { first, last in
            found.append((Point(x: box.minX, y: first), Point(x: box.minX, y: last)))
        } side: { start, end in
            found.append((start, end))
        }
        for (start, end) in found {
            if let edge = Edge(from: start, to: end) { add(edge, owner: owner) }
        }
    }

    private mutating func add(_ edge: Edge, owner: Int) {
        let whole = SlabEdge(
            topX: edge.top.x - box.minX, topY: edge.top.y - box.minY, bottomX: edge.bottom.x - box.minX,
            bottomY: edge.bottom.y - box.minY, owner: owner)
        let (top, bottom) = (max(0, whole.topY), min(height, whole.bottomY))
        guard top < bottom else { return }
        var cuts = [top, bottom]
        for x in [0, width] where (whole.topX < x) != (whole.bottomX < x) {
            let y = whole.topY + (x - whole.topX) / (whole.bottomX - whole.topX) * (whole.bottomY - whole.topY)
            if y > top && y < bottom { cuts.append(y) }
        }
        cuts.sort()
        for (y0, y1) in zip(cuts, cuts.dropFirst()) where y0 < y1 { addPiece(of: whole, y0, y1) }
    }

    /// Adds the piece between two rows, which lies wholly left of, in or right of the box.
    private mutating func addPiece(of edge: SlabEdge, _ y0: Double, _ y1: Double) {
        let (x0, x1) = (edge.x(at: y0), edge.x(at: y1))
        guard (x0 + x1) / 2 < width else { return }
        func clamped(_ x: Double) -> Double { min(max(x, 0), width) }
        let isLeft = (x0 + x1) / 2 <= 0
        edges.append(
            SlabEdge(
                topX: isLeft ? 0 : clamped(x0), topY: y0, bottomX: isLeft ? 0 : clamped(x1), bottomY: y1,
                owner: edge.owner))
    }
}
