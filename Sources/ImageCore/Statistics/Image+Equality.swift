extension Image: Equatable {
    /// Whether two images say the same: axes in the same order, sizes, samples, color, domain, geometry and metadata.
    ///
    /// How the samples lie in memory does not matter: a view equals its copy. As for numbers, NaN equals nothing.
    @inlinable
    public static func == (first: Image, second: Image) -> Bool {
        first.axes == second.axes && first.color == second.color && first.domain == second.domain
            && first.geometry == second.geometry && first.metadata == second.metadata
            && first.hasSameSamples(as: second)
    }

    /// Whether another image has the same axes, in any order, the same sizes and equal samples at the same coordinates.
    ///
    /// An interleaved picture has the same samples as its planar copy. NaN equals nothing; −0 equals 0.
    @inlinable
    public func hasSameSamples(as other: Image) -> Bool {
        guard let otherLayout = try? other.layout.matching(layout) else { return false }
        return allSamples(block, layout, other.block, otherLayout) { $0 == $1 }
    }
}
