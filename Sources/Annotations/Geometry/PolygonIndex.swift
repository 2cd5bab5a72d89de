import ImageCore

/// One polygon, ready to be searched, and what it paints.
struct IndexedPolygon: Sendable {
    let outer: Ring
    let holes: [Ring]
    let bounds: Box
    /// The label that it paints; 0 for exclusions.
    let label: Int
    /// The class that it belongs to; `nil` for exclusions.
    let classIndex: Int?

    init(_ polygon: Polygon, label: Int, classIndex: Int?) {
        outer = Ring(polygon.outer)
        holes = polygon.holes.map(Ring.init)
        bounds = holes.reduce(into: outer.bounds) { $0.formUnion($1.bounds) }
        self.label = label
        self.classIndex = classIndex
    }

    /// Whether a point lies inside.
    func contains(_ x: Double, _ y: Double, rule: FillRule = .evenOdd) -> Bool {
        rule.isInside(outer: outer.winding(x, y), holes: holes.reduce(0) { $0 + $1.winding(x, y) })
    }

    /// Whether the border may share a point with a box.
    func borderCrosses(_ box: Box) -> Bool { outer.crosses(box) || holes.contains { $0.crosses(box) } }
}

/// All polygons of a slide in painting order, and a tree that finds those near a box.
struct PolygonIndex: Sendable {
    let polygons: [IndexedPolygon]
    private let order: [Int]
    private let tree: BoxTree

    init(_ annotations: ResolvedAnnotations) {
        let polygons = annotations.layers.flatMap { layer in
            layer.polygons.map { IndexedPolygon($0, label: layer.label, classIndex: layer.classIndex) }
        }
        let order = Self.nearbyOrder(of: polygons.map(\.bounds))
        self.polygons = polygons
        self.order = order
        tree = BoxTree(count: order.count) { polygons[order[$0]].bounds }
    }

    /// The polygons whose bounds touch a box, in painting order.
    func candidates(in box: Box) -> [Int] {
        var found: [Int] = []
        tree.walk {
            $0.touches(box) ? .open : .skip
        } whole: { _ in
        } item: { i in
            if polygons[order[i]].bounds.touches(box) { found.append(order[i]) }
        }
        found.sort()
        return found
    }

    /// Neighbors in the plane become neighbors in the list: ordered by interleaved bits of the centers (Morton).
    private static func nearbyOrder(of boxes: [Box]) -> [Int] {
        let all = boxes.reduce(into: Box.empty) { $0.formUnion($1) }
        func cell(_ center: Double, _ low: Double, _ high: Double) -> UInt64 {
            UInt64(max(0, min(65535, (center - low) / max(high - low, 1) * 65535)))
        }
        let codes = boxes.map { box in
            spread(cell((box.minX + box.maxX) / 2, all.minX, all.maxX))
                | spread(cell((box.minY + box.maxY) / 2, all.minY, all.maxY)) << 1
        }
        return boxes.indices.sorted { (codes[$0], $0) < (codes[$1], $1) }
    }

    /// Puts a zero before every one of 16 bits.
    private static func spread(_ value: UInt64) -> UInt64 {
        var v = value & 0xFFFF
        v = (v | v << 8) & 0x00FF_00FF
        v = (v | v << 4) & 0x0F0F_0F0F
        v = (v | v << 2) & 0x3333_3333
        return (v | v << 1) & 0x5555_5555
    }
}
