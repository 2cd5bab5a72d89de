import ImageCore

/// The pixels whose inside an outline passes through.
///
/// Pixels that an outline only borders do not count: neither a side along the line between two rows nor one through a
/// corner. Columns are found by comparing the pixels' corners with the side, not by rounding where it lies.
struct TouchedPixels {
    private let grid: SampleGrid
    private let rect: PixelRect

    init(stepX: Double, stepY: Double, rect: PixelRect) {
        grid = SampleGrid(stepX: stepX, stepY: stepY, offset: 0)
        self.rect = rect
    }

    /// One run for every row that a side passes through, within the rectangle.
    func spans(of polygon: IndexedPolygon) -> [RowSpan] {
        var spans: [RowSpan] = []
        let box = Box(minX: grid.x(rect.x), minY: grid.y(rect.y), maxX: grid.x(rect.maxX), maxY: grid.y(rect.maxY))
        for ring in [polygon.outer] + polygon.holes {
            ring.visit(box) { _, _ in
            } side: { start, end in
                if let edge = Edge(from: start, to: end) {
                    addRows(of: edge, to: &spans)
                } else {
                    addHorizontal(from: min(start.x, end.x), to: max(start.x, end.x), y: start.y, to: &spans)
                }
            }
        }
        return spans
    }

    private func addRows(of edge: Edge, to spans: inout [RowSpan]) {
        let first = grid.firstRow(edge.top.y.nextUp) - 1
        let last = grid.firstRow(edge.bottom.y) - 1
        guard first <= last else { return }
        let rows = max(first, rect.y)..<max(max(first, rect.y), min(last + 1, rect.maxY))
        // Wide enough that clipping to the rectangle comes after the corners were compared.
        let columns = rect.x..<rect.maxX + 1
        for row in rows {
            let top = max(edge.top.y, grid.y(row))
            let bottom = min(edge.bottom.y, grid.y(row + 1))
            let isAscending = edge.bottom.x >= edge.top.x
            let (left, right) = isAscending ? (top, bottom) : (bottom, top)
            let start = grid.firstColumn(rightOf: edge, y: left, in: columns, strictly: true) - 1
            let end = grid.firstColumn(rightOf: edge, y: right, in: columns)
            add(row, max(start, rect.x)..<max(start, rect.x, min(end, rect.maxX)), to: &spans)
        }
    }

    private func addHorizontal(from left: Double, to right: Double, y: Double, to spans: inout [RowSpan]) {
        let row = grid.firstRow(y.nextUp) - 1
        guard grid.y(row) < y, left < right, row >= rect.y, row < rect.maxY else { return }
        let start = max(rect.x, grid.firstColumn(left.nextUp) - 1)
        add(row, start..<max(start, min(rect.maxX, grid.firstColumn(right))), to: &spans)
    }

    private func add(_ row: Int, _ columns: Range<Int>, to spans: inout [RowSpan]) {
        if !columns.isEmpty { spans.append(RowSpan(row: row, columns: columns)) }
    }
}
