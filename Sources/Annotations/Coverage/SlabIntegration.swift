/// Sums the area of each class in a box: horizontal slabs between the ends and crossings of the sides, trapezoids between
/// neighboring sides.
struct SlabIntegration {
    private let width: Double
    private let height: Double
    private let edges: [SlabEdge]
    /// The class of each polygon, in painting order.
    private let owners: [Int?]
    private let base: Int?
    private var sums: [Double]
    private var inside: [Bool]
    private var lines: [Line] = []
    /// Sides looked at so far; beyond ``budget`` slabs are no longer cut at crossings.
    private var work = 0

    /// One side within a slab.
    private struct Line {
        var topX: Double
        var bottomX: Double
        var owner: Int
        var middle: Double { (topX + bottomX) / 2 }
    }

    /// Keeps a scribble with millions of crossings from taking minutes; real annotations stay far below.
    private static let budget = 20_000_000

    init(box: Box, polygons: [IndexedPolygon], base: Int?, classCount: Int) {
        width = box.maxX - box.minX
        height = box.maxY - box.minY
        var clipper = SlabClipper(box: box)
        for (owner, polygon) in polygons.enumerated() {
            for ring in [polygon.outer] + polygon.holes { clipper.add(ring, owner: owner) }
        }
        edges = clipper.edges.sorted { $0.topY < $1.topY }
        owners = polygons.map(\.classIndex)
        self.base = base
        sums = [Double](repeating: 0, count: classCount)
        inside = [Bool](repeating: false, count: polygons.count)
    }

    /// The area of each class, in square pixels.
    mutating func areas() -> [Double] {
        let ends = (edges.flatMap { [$0.topY, $0.bottomY] } + [0, height]).sorted()
        var (active, next): ([Int], Int) = ([], 0)
        for (top, bottom) in zip(ends, ends.dropFirst()) where top < bottom {
            active.removeAll { edges[$0].bottomY <= top }
            while next < edges.count, edges[next].topY <= top {
                active.append(next)
                next += 1
            }
            integrate(active, top, bottom)
        }
        return sums
    }

    /// Integrates a slab that every active side spans, cutting it where sides cross.
    private mutating func integrate(_ active: [Int], _ top: Double, _ bottom: Double) {
        var pending = [(top, bottom)]
        while let (top, bottom) = pending.popLast() {
            setLines(active, top, bottom)
            work += active.count
            if work < Self.budget, let cut = crossing(top, bottom) {
                pending.append((cut, bottom))
                pending.append((top, cut))
            } else {
                addTrapezoids(height: bottom - top)
            }
        }
    }

    private mutating func setLines(_ active: [Int], _ top: Double, _ bottom: Double) {
        lines.removeAll(keepingCapacity: true)
        for i in active {
            lines.append(Line(topX: edges[i].x(at: top), bottomX: edges[i].x(at: bottom), owner: edges[i].owner))
        }
        lines.sort { $0.middle < $1.middle }
    }

    /// A row at which two lines cross, if any do by more than rounding.
    ///
    /// In the order of their middles, lines that do not cross are in order at the top and at the bottom as well.
    private func crossing(_ top: Double, _ bottom: Double) -> Double? {
        let tolerance = 1e-10 * (width + height)
        for i in lines.indices.dropFirst() {
            let atTop = lines[i].topX - lines[i - 1].topX
            let atBottom = lines[i].bottomX - lines[i - 1].bottomX
            guard min(atTop, atBottom) < -tolerance else { continue }
            let cut = top + atTop / (atTop - atBottom) * (bottom - top)
            if cut > top && cut < bottom { return cut }
        }
        return nil
    }

    private mutating func addTrapezoids(height: Double) {
        var (left, topmost) = (0.0, -1)
        for line in lines {
            add((line.middle - left) * height, to: topmost)
            left = line.middle
            inside[line.owner].toggle()
            if inside[line.owner] {
                topmost = max(topmost, line.owner)
            } else if line.owner == topmost {
                while topmost >= 0, !inside[topmost] { topmost -= 1 }
            }
        }
        add((width - left) * height, to: topmost)
        for line in lines { inside[line.owner] = false }
    }

    private mutating func add(_ area: Double, to owner: Int) {
        if let classIndex = owner < 0 ? base : owners[owner] { sums[classIndex] += area }
    }
}
