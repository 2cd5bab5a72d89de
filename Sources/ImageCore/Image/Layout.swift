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

    init(axes: [Axis], sizes: [Int], strides: [Int], offset: Int) {
        precondition(Set(axes).count == axes.count, "each axis appears once")
        self.axes = axes
        self.sizes = sizes
        self.strides = strides
        self.offset = offset
    }

    /// Number of samples.
    public var count: Int { sizes.reduce(1, *) }

    /// Number of axes.
    public var rank: Int { axes.count }

    /// Whether the samples lie in C order without gaps.
    public var isContiguous: Bool {
        var expected = 1
        for i in sizes.indices.reversed() where sizes[i] != 1 {
            guard strides[i] == expected else { return sizes.contains(0) }
            expected *= sizes[i]
        }
        return true
    }

    /// Position of an axis in ``axes``, or `nil`.
    public func index(of axis: Axis) -> Int? { axes.firstIndex(of: axis) }

    /// Number of samples along an axis: 1 for an axis that the image does not have.
    public func size(of axis: Axis) -> Int { index(of: axis).map { sizes[$0] } ?? 1 }
}
