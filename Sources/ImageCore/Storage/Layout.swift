/// Where each sample of an image lies: named axes in memory order, sizes, and strides counted in samples.
///
/// Strides are 64-bit and may be negative (a flipped view) or larger than the sizes ask for (a cropped view).
public struct Layout: Sendable, Hashable {
    /// The axes, slowest first.
    public let axes: [Axis]
    /// Number of samples along each axis.
    public let sizes: [Int]
    /// Distance in samples between neighbors along each axis.
    public let strides: [Int]
    /// Index of the sample whose coordinates are all zero.
    public let offset: Int

    /// A C-ordered layout: the last axis is contiguous.
    ///
    /// - Precondition: axes and sizes have equal counts, axes are distinct, sizes are not negative and their product fits an `Int`.
    public init(axes: [Axis], sizes: [Int]) {
        precondition(axes.count == sizes.count, "one size per axis")
        for i in axes.indices.dropFirst() {
            precondition(!axes[..<i].contains(axes[i]), "each axis appears once")
        }
        var strides = [Int](repeating: 1, count: sizes.count)
        var stride = 1
        for i in sizes.indices.reversed() {
            precondition(sizes[i] >= 0, "sizes are not negative")
            strides[i] = stride
            let (product, overflow) = stride.multipliedReportingOverflow(by: max(sizes[i], 1))
            precondition(!overflow, "the number of samples fits an Int")
            stride = product
        }
        self.init(axes: axes, sizes: sizes, strides: strides, offset: 0)
    }

    /// A view's layout; the caller keeps it inside the block.
    init(axes: [Axis], sizes: [Int], strides: [Int], offset: Int) {
        self.axes = axes
        self.sizes = sizes
        self.strides = strides
        // A view without samples may start past the end of the block: it starts nowhere.
        self.offset = sizes.contains(0) ? 0 : offset
    }

    /// Number of samples.
    @inlinable
    public var count: Int { sizes.reduce(1, *) }

    /// Number of axes.
    public var rank: Int { axes.count }

    /// Whether the samples lie in C order without gaps.
    @inlinable
    public var isContiguous: Bool {
        var expected = 1
        for i in sizes.indices.reversed() where sizes[i] != 1 {
            guard strides[i] == expected else { return sizes.contains(0) }
            expected *= sizes[i]
        }
        return true
    }

    /// Position of an axis in ``axes``, or `nil`.
    @inlinable
    public func index(of axis: Axis) -> Int? { axes.firstIndex(of: axis) }

    /// Number of samples along an axis: 1 for an axis that the image does not have.
    @inlinable
    public func size(of axis: Axis) -> Int { index(of: axis).map { sizes[$0] } ?? 1 }
}

extension Layout {
    /// The same samples with the axes in another order, or `nil` when the axes are not the same.
    public func permuted(to axes: [Axis]) -> Layout? {
        if axes == self.axes { return self }
        let order = axes.compactMap { index(of: $0) }
        guard axes.count == rank, order.count == rank, Set(order).count == rank else { return nil }
        return Layout(axes: axes, sizes: order.map { sizes[$0] }, strides: order.map { strides[$0] }, offset: offset)
    }

    /// The part inside a range along one axis, given by its position; the range is clipped.
    func cropped(_ i: Int, to range: Range<Int>) -> Layout {
        let range = range.clamped(to: 0..<sizes[i])
        var sizes = sizes
        sizes[i] = range.count
        let start = range.isEmpty ? offset : offset + range.lowerBound * strides[i]
        return Layout(axes: axes, sizes: sizes, strides: strides, offset: start)
    }

    /// The layout without one axis, given by its position, at its first sample.
    func removing(_ i: Int) -> Layout {
        var (axes, sizes, strides) = (axes, sizes, strides)
        axes.remove(at: i)
        sizes.remove(at: i)
        strides.remove(at: i)
        return Layout(axes: axes, sizes: sizes, strides: strides, offset: offset)
    }

    /// The layout with a new axis of one sample.
    func inserting(_ axis: Axis, at i: Int) -> Layout {
        var (axes, sizes, strides) = (axes, sizes, strides)
        axes.insert(axis, at: i)
        sizes.insert(1, at: i)
        strides.insert(1, at: i)
        return Layout(axes: axes, sizes: sizes, strides: strides, offset: offset)
    }
}
