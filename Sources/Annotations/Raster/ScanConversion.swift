import ImageCore

/// A run of pixels of one row, in mask pixels.
struct RowSpan: Hashable {
    var row: Int
    var columns: Range<Int>
}

/// Which winding numbers are inside.
enum FillRule {
    /// Odd, over all rings together.
    case evenOdd
    /// Not 0 for the outline, and 0 for the holes.
    case nonZero

    @inline(__always)
    func isInside(outer: Int, holes: Int) -> Bool {
        switch self {
        case .evenOdd: (outer &+ holes) & 1 != 0
        case .nonZero: outer != 0 && holes == 0
        }
    }
}

/// Turns one polygon into the runs of pixels whose samples lie inside, within one rectangle of the mask.
///
/// Every row starts with the winding number that everything left of the rectangle gives, and changes it at the crossings
/// inside; the crossings of all rows are collected and sorted once.
struct ScanConversion {
    private let grid: SampleGrid
    private let rows: Range<Int>
    private let columns: Range<Int>
    private let box: Box
    /// Changes of the winding number at the rectangle's left side, outline and holes, from one row to the next.
    private var outerSteps: [Int]
    private var holeSteps: [Int]
    private var crossings: [Crossing] = []

    /// One crossing: row and column relative to the rectangle, then which winding number changes and how.
    private struct Crossing {
        let key: UInt64

        init(row: Int, column: Int, isHole: Bool, direction: Int) {
            key = UInt64(row) << 34 | UInt64(column) << 2 | (isHole ? 2 : 0) | (direction > 0 ? 1 : 0)
        }

        var row: Int { Int(key >> 34) }
        var column: Int { Int(key >> 2 & 0xFFFF_FFFF) }
        var isHole: Bool { key & 2 != 0 }
        var direction: Int { key & 1 != 0 ? 1 : -1 }
    }

    /// - Precondition: the rectangle is not empty, its sides are below 2³⁰.
    init(grid: SampleGrid, rect: PixelRect) {
        self.grid = grid
        rows = rect.y..<rect.maxY
        columns = rect.x..<rect.maxX
        box = Box(
            minX: grid.x(rect.x), minY: grid.y(rect.y), maxX: grid.x(rect.maxX - 1), maxY: grid.y(rect.maxY - 1))
        outerSteps = [Int](repeating: 0, count: rect.height + 1)
        holeSteps = outerSteps
    }

    /// The runs inside a polygon, row by row, left to right.
    mutating func spans(of polygon: IndexedPolygon, rule: FillRule) -> [RowSpan] {
        add(polygon.outer, isHole: false)
        for hole in polygon.holes { add(hole, isHole: true) }
        crossings.sort { $0.key < $1.key }
        return sweep(rule)
    }

    private mutating func add(_ ring: Ring, isHole: Bool) {
        var steps = isHole ? holeSteps : outerSteps
        var crossings = self.crossings
        self.crossings = []
        ring.visit(box) { first, last in
            steps[step(at: first)] += 1
            steps[step(at: last)] -= 1
        } side: { start, end in
            if let edge = Edge(from: start, to: end) { addCrossings(of: edge, isHole: isHole, to: &crossings) }
        }
        self.crossings = crossings
        if isHole { holeSteps = steps } else { outerSteps = steps }
    }

    /// The row of the rectangle from which on a point is at or above the samples; its height when no row is.
    private func step(at y: Double) -> Int {
        if y <= box.minY { return 0 }
        if y > box.maxY { return rows.count }
        return grid.firstRow(y) - rows.lowerBound
    }

    private func addCrossings(of edge: Edge, isHole: Bool, to crossings: inout [Crossing]) {
        guard edge.minX <= box.maxX else { return }
        let crossed = step(at: edge.top.y)..<step(at: edge.bottom.y)
        for row in crossed {
            let column = grid.firstColumn(rightOf: edge, y: grid.y(rows.lowerBound + row), in: columns)
            guard column < columns.upperBound else { continue }
            crossings.append(
                Crossing(row: row, column: column - columns.lowerBound, isHole: isHole, direction: edge.direction))
        }
    }

    private func sweep(_ rule: FillRule) -> [RowSpan] {
        var spans: [RowSpan] = []
        var (outerAtLeft, holesAtLeft, next) = (0, 0, 0)
        for row in 0..<rows.count {
            outerAtLeft += outerSteps[row]
            holesAtLeft += holeSteps[row]
            var (outer, holes, start) = (outerAtLeft, holesAtLeft, 0)
            while next < crossings.count, crossings[next].row == row {
                let crossing = crossings[next]
                if rule.isInside(outer: outer, holes: holes), start < crossing.column {
                    append(row, start..<crossing.column, to: &spans)
                }
                start = crossing.column
                if crossing.isHole { holes += crossing.direction } else { outer += crossing.direction }
                next += 1
            }
            if rule.isInside(outer: outer, holes: holes) { append(row, start..<columns.count, to: &spans) }
        }
        return spans
    }

    private func append(_ row: Int, _ range: Range<Int>, to spans: inout [RowSpan]) {
        spans.append(
            RowSpan(
                row: rows.lowerBound + row,
                columns: columns.lowerBound + range.lowerBound..<columns.lowerBound + range.upperBound))
    }
}
