/// Copies every sample to the place that a layout of equal sizes gives it.
///
/// Where source and target run along different axes (a transposition), the samples move in tiles that fit the cache.
@inlinable
func copySamples<Scalar: ImageScalar>(
    _ source: Span<Scalar>, _ sourceLayout: Layout, into target: inout MutableSpan<Scalar>, _ targetLayout: Layout
) {
    guard let tiles = TiledCopy(sourceLayout, targetLayout) else {
        return mapSamples(source, sourceLayout, into: &target, targetLayout) { $0 }
    }
    let start = Triple(first: sourceLayout.offset, second: targetLayout.offset, third: targetLayout.offset)
    for run in Runs(tiles.outer, start: start) {
        for i in 0..<run.count {
            let from = run.start.first + i * run.stride.first
            let to = run.start.second + i * run.stride.second
            tiles.copy(source, from: from, into: &target, at: to)
        }
    }
}

/// A copy between layouts whose neighbors lie along different axes.
@usableFromInline
struct TiledCopy {
    /// The axis along which the source's samples are neighbors.
    @usableFromInline let along: Runs.Level
    /// The axis along which the target's samples are neighbors.
    @usableFromInline let across: Runs.Level
    /// The other axes.
    @usableFromInline let outer: [Runs.Level]

    /// Samples along each side of a tile.
    @usableFromInline static let side = 64
    /// An axis shorter than this gains nothing from tiles.
    private static let shortest = 16

    /// `nil` when both layouts run along the same axis, or one of the axes is too short.
    @usableFromInline
    init?(_ source: Layout, _ target: Layout) {
        let levels = Runs.levels(source, target, target).filter { $0.size != 1 }
        guard let along = levels.firstIndex(where: { abs($0.stride.first) == 1 }),
            let across = levels.firstIndex(where: { abs($0.stride.second) == 1 }), along != across,
            min(levels[along].size, levels[across].size) >= Self.shortest
        else { return nil }
        self.along = levels[along]
        self.across = levels[across]
        outer = levels.indices.filter { $0 != along && $0 != across }.map { levels[$0] }
    }

    /// Copies one plane of the two axes.
    @inlinable
    func copy<Scalar: ImageScalar>(
        _ source: Span<Scalar>, from start: Int, into target: inout MutableSpan<Scalar>, at place: Int
    ) {
        for top in stride(from: 0, to: across.size, by: Self.side) {
            for left in stride(from: 0, to: along.size, by: Self.side) {
                let columns = left..<min(left + Self.side, along.size)
                for row in top..<min(top + Self.side, across.size) {
                    let from = start + row * across.stride.first
                    let to = place + row * across.stride.second
                    for i in columns { target[to + i * along.stride.second] = source[from + i * along.stride.first] }
                }
            }
        }
    }
}
