/// A stretch of samples at equal distances that up to three layouts of the same shape have in common.
@usableFromInline
struct Run: Sendable, Equatable {
    /// Number of samples.
    @usableFromInline var count: Int
    /// Index of the first sample in each layout's block.
    @usableFromInline var start: Triple
    /// Distance between samples in each layout's block.
    @usableFromInline var stride: Triple

    /// Whether the samples are neighbors in every block.
    @inlinable var isContiguous: Bool { stride == Triple(first: 1, second: 1, third: 1) }
}

/// One number for each of three layouts.
@usableFromInline
struct Triple: Sendable, Equatable {
    @usableFromInline var first: Int
    @usableFromInline var second: Int
    @usableFromInline var third: Int

    @inlinable
    init(first: Int, second: Int, third: Int) {
        self.first = first
        self.second = second
        self.third = third
    }

    /// Adds a multiple of another triple.
    mutating func add(_ other: Triple, times factor: Int) {
        first += other.first * factor
        second += other.second * factor
        third += other.third * factor
    }
}

/// The runs that layouts of the same axes and sizes have in common: together they visit every sample once.
///
/// Axes that lie behind each other without a gap in every layout are joined: contiguous images have a single run.
@usableFromInline
struct Runs: Sequence, IteratorProtocol, Sendable {
    /// One axis in every layout.
    @usableFromInline
    struct Level: Sendable {
        @usableFromInline let size: Int
        @usableFromInline let stride: Triple
    }

    private var outer: [Level] = []
    private var coordinates: [Int] = []
    private var current: Run?

    /// Runs shorter than this are avoided where another axis is longer.
    private static let shortRun = 16

    /// The runs of one layout.
    @usableFromInline
    init(_ layout: Layout) { self.init(layout, layout, layout) }

    /// The common runs of two layouts with equal sizes.
    @usableFromInline
    init(_ first: Layout, _ second: Layout) { self.init(first, second, second) }

    /// The common runs of three layouts with equal sizes.
    @usableFromInline
    init(_ first: Layout, _ second: Layout, _ third: Layout) {
        let start = Triple(first: first.offset, second: second.offset, third: third.offset)
        self.init(Self.levels(first, second, third), start: start)
    }

    @usableFromInline
    init(_ levels: [Level], start: Triple) {
        guard !levels.contains(where: { $0.size == 0 }) else { return }
        let single = levels.filter { $0.size != 1 }
        outer = Self.joined(single)
        if let inner = outer.last, outer.count > 1, inner.size < Self.shortRun {
            // Few channels: walk along x and repeat each row for every channel, while it is in the cache.
            outer = single
            if outer[outer.count - 2].size > inner.size { outer.swapAt(outer.count - 1, outer.count - 2) }
            outer = Self.joined(outer)
        }
        let inner = outer.popLast() ?? Level(size: 1, stride: Triple(first: 1, second: 1, third: 1))
        current = Run(count: inner.size, start: start, stride: inner.stride)
        coordinates = [Int](repeating: 0, count: outer.count)
    }

    /// The axes of layouts that agree in size.
    static func levels(_ first: Layout, _ second: Layout, _ third: Layout) -> [Level] {
        precondition(first.sizes == second.sizes && first.sizes == third.sizes, "layouts of equal sizes")
        return first.sizes.indices.map {
            Level(
                size: first.sizes[$0],
                stride: Triple(first: first.strides[$0], second: second.strides[$0], third: third.strides[$0]))
        }
    }

    private static func joined(_ levels: [Level]) -> [Level] {
        var result: [Level] = []
        for level in levels {
            var whole = Triple(first: 0, second: 0, third: 0)
            whole.add(level.stride, times: level.size)
            if let last = result.last, last.stride == whole {
                result[result.count - 1] = Level(size: last.size * level.size, stride: level.stride)
            } else {
                result.append(level)
            }
        }
        return result
    }

    /// The next run, or `nil` after the last.
    @usableFromInline
    mutating func next() -> Run? {
        guard let result = current else { return nil }
        var (run, axis) = (result, outer.count - 1)
        while axis >= 0 {
            coordinates[axis] += 1
            run.start.add(outer[axis].stride, times: 1)
            if coordinates[axis] < outer[axis].size { break }
            run.start.add(outer[axis].stride, times: -coordinates[axis])
            coordinates[axis] = 0
            axis -= 1
        }
        current = axis < 0 ? nil : run
        return result
    }
}
