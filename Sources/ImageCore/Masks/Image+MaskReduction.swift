extension Image where Scalar == Bool {
    /// The mask made smaller by a whole factor: each block becomes the sample at its center, as for labels.
    ///
    /// - Parameters:
    ///   - factor: How many samples become one along each axis.
    ///   - axes: The axes that shrink.
    /// - Returns: The smaller mask; see ``subsampled(by:along:)``.
    /// - Throws: ``ImageError/invalidArgument(_:)`` when the factor is not positive.
    @inlinable
    public func reduced(by factor: Int, along axes: [Axis] = [.x, .y]) throws(ImageError) -> Image {
        try subsampled(by: factor, along: axes)
    }
}
