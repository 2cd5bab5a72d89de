/// How the samples of an image fall into blocks when it is reduced by a whole factor along some axes.
@usableFromInline
struct Blocks: Sendable {
    /// The axes of source and target, slowest first.
    @usableFromInline let axes: [Axis]
    /// The source's sizes.
    @usableFromInline let sourceSizes: [Int]
    /// Samples that become one, for each axis.
    @usableFromInline let factors: [Int]

    /// Samples that a block may have at most, so that their sum is exact.
    private static let largestBlock = 1 << 24

    @usableFromInline
    init(_ layout: Layout, factor: Int, axes: [Axis]) throws(ImageError) {
        guard factor > 0 else { throw .invalidArgument("a factor of \(factor): it must be positive") }
        self.axes = layout.axes
        sourceSizes = layout.sizes
        var count = 1
        // A factor beyond the size takes all there is.
        factors = layout.axes.map { axes.contains($0) ? factor : 1 }
        for (size, factor) in zip(sourceSizes, factors) {
            let (product, overflow) = count.multipliedReportingOverflow(by: min(max(size, 1), factor))
            guard !overflow, product <= Self.largestBlock else {
                throw .invalidArgument("a factor of \(factor) makes blocks of more than \(Self.largestBlock) samples")
            }
            count = product
        }
    }

    /// The target's sizes.
    @usableFromInline var sizes: [Int] { zip(sourceSizes, factors).map { $0 / $1 + ($0 % $1 == 0 ? 0 : 1) } }

    /// Whether nothing changes.
    @usableFromInline var isIdentity: Bool { factors.allSatisfy { $0 == 1 } }

    /// The samples along an axis that become one.
    @usableFromInline
    func range(_ axis: Int, _ target: Int) -> Range<Int> {
        let start = target * factors[axis]
        return start..<start + min(factors[axis], sourceSizes[axis] - start)
    }

    /// The geometry of the target.
    @usableFromInline
    func reduce(_ geometry: Geometry?) -> Geometry? {
        guard var geometry else { return nil }
        for (axis, factor) in zip(axes, factors) where factor > 1 { geometry = geometry.reduced(axis, by: factor) }
        return geometry
    }
}
