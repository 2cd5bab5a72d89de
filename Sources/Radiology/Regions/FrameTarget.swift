/// One frame of a segmentation on a grid: the voxel of its first pixel, and which way its pixels go on from there.
struct FrameTarget: Sendable, Hashable {
    /// From one voxel of a slice to a neighbor.
    struct Step: Sendable, Hashable {
        var row: Int
        var column: Int
    }

    var slice: Int
    var row = 0
    var column = 0
    /// From one pixel of a row to the next.
    var alongRow = Step(row: 0, column: 1)
    /// From one pixel of a column to the next.
    var downColumn = Step(row: 1, column: 0)

    /// Whether the frame runs as the slice does.
    var isUpright: Bool { alongRow == Step(row: 0, column: 1) && downColumn == Step(row: 1, column: 0) }

    /// The voxel of a pixel.
    func voxel(row pixelRow: Int, column pixelColumn: Int) -> (row: Int, column: Int) {
        (
            row + pixelRow * downColumn.row + pixelColumn * alongRow.row,
            column + pixelRow * downColumn.column + pixelColumn * alongRow.column
        )
    }
}

/// The part of a frame that lies on its slice, and where its pixels go.
struct FrameWindow {
    let rows: Range<Int>
    let columns: Range<Int>
    private let start: Int
    private let rowStride: Int
    private let columnStride: Int

    init(_ target: FrameTarget, _ segmentation: Segmentation, _ grid: SliceGrid) {
        func visible(_ first: Int, _ count: Int, of size: Int) -> Range<Int> {
            // Only tiles, which are upright, may reach beyond their matrix.
            guard target.isUpright else { return 0..<count }
            let low = min(count, max(0, -first))
            return low..<max(low, min(count, size - first))
        }
        rows = visible(target.row, segmentation.rows, of: grid.rows)
        columns = visible(target.column, segmentation.columns, of: grid.columns)
        rowStride = target.downColumn.row * grid.columns + target.downColumn.column
        columnStride = target.alongRow.row * grid.columns + target.alongRow.column
        start = (target.slice * grid.rows + target.row) * grid.columns + target.column
    }

    func voxel(_ row: Int, _ column: Int) -> Int { start + row * rowStride + column * columnStride }
}
