extension Image {
    /// The same image with its axes in another order and the samples moved into C order: interleaved to planar and back.
    ///
    /// The image itself when nothing has to move. Samples move in tiles that fit the cache.
    /// - Parameter axes: The axes of the image in the order wanted, slowest first.
    /// - Returns: The image in C order of the new axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` or ``ImageError/invalidArgument(_:)`` when these are not the image's axes.
    @inlinable
    public func rearranged(to axes: [Axis]) throws(ImageError) -> Image {
        if axes == layout.axes && layout.isContiguous { return self }
        for axis in axes where layout.index(of: axis) == nil { throw .missingAxis(axis) }
        guard let layout = layout.permuted(to: axes) else {
            throw .invalidArgument("axes \(axes) are not a new order of \(self.axes)")
        }
        var result = self
        result.storedLayout = layout
        return result.contiguous()
    }
}
