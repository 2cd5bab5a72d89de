/// Averages the blocks of an image in C order.
///
/// The rows of a block are added up first, sample by sample, which vectorizes; then neighbors within the sum.
@inlinable
func averageBlocks<Scalar: NumericScalar>(
    _ source: Span<Scalar>, _ blocks: Blocks, into target: inout MutableSpan<Scalar>
) {
    let rows = BlockRows(blocks)
    var sums = [Scalar.Sum](repeating: .zero, count: rows.sourceLength)
    var start = 0
    for row in Coordinates(rows.outerSizes) {
        var sum = sums.mutableSpan
        for i in 0..<sum.count { sum[i] = .zero }
        let sources = rows.sources(row)
        for from in sources { addRow(source.extracting(from..<from + rows.sourceLength), to: &sum) }
        var piece = target._mutatingExtracting(start..<start + rows.targetLength)
        averageRow(sums.span, of: sources.count, rows, into: &piece)
        start += rows.targetLength
    }
}

@inlinable
func addRow<Scalar: NumericScalar>(_ row: Span<Scalar>, to sum: inout MutableSpan<Scalar.Sum>) {
    let count = sum.count
    precondition(row.count == count, "rows of equal length")
    for i in 0..<count { row[i].add(to: &sum[i]) }
}

/// Averages neighbors in a sum of rows.
@inlinable
func averageRow<Scalar: NumericScalar>(
    _ sum: Span<Scalar.Sum>, of rowCount: Int, _ rows: BlockRows, into target: inout MutableSpan<Scalar>
) {
    let inner = rows.inner
    var next = 0
    for first in stride(from: 0, to: rows.size, by: rows.factor) {
        let end = first + min(rows.factor, rows.size - first)
        for c in 0..<inner {
            var total = Scalar.Sum.zero
            for i in first..<end { total += sum[i * inner + c] }
            target[next + c] = Scalar.mean(of: total, count: rowCount * (end - first))
        }
        next += inner
    }
}

/// The rows that blocks are made of: what lies behind the axis that is reduced last is averaged side by side.
@usableFromInline
struct BlockRows: Sendable {
    /// The axes before the row, with the target's sizes.
    @usableFromInline let outerSizes: [Int]
    /// Number of source samples along the axis that the row reduces.
    @usableFromInline let size: Int
    /// Samples of that axis that become one.
    @usableFromInline let factor: Int
    /// Number of samples side by side: channels, mostly.
    @usableFromInline let inner: Int
    /// Number of target samples in a row.
    @usableFromInline let targetLength: Int
    private let blocks: Blocks
    private let strides: [Int]

    /// Number of source samples in a row.
    @usableFromInline var sourceLength: Int { size * inner }

    @usableFromInline
    init(_ blocks: Blocks) {
        let axis = blocks.factors.lastIndex { $0 > 1 } ?? 0
        self.blocks = blocks
        outerSizes = Array(blocks.sizes[..<axis])
        size = blocks.sourceSizes[axis]
        factor = blocks.factors[axis]
        inner = blocks.sourceSizes[(axis + 1)...].reduce(1, *)
        targetLength = blocks.sizes[axis] * inner
        strides = Layout(axes: blocks.axes, sizes: blocks.sourceSizes).strides
    }

    /// Where the source rows start that make up a target row.
    @usableFromInline
    func sources(_ target: [Int]) -> [Int] {
        let ranges = target.indices.map { blocks.range($0, target[$0]) }
        return Coordinates(ranges.map(\.count)).map { position in
            position.indices.reduce(0) { $0 + (ranges[$1].lowerBound + position[$1]) * strides[$1] }
        }
    }
}
