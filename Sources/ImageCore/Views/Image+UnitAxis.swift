extension Image {
    /// The image with a new axis of one sample, as a view.
    ///
    /// - Parameters:
    ///   - axis: The new axis.
    ///   - position: Where it stands among the axes: 0 makes it the slowest.
    /// - Returns: A view of the same samples.
    /// - Precondition: the image does not have the axis, and the position is from 0 to the number of axes.
    public func adding(_ axis: Axis, at position: Int) -> Image {
        precondition(layout.index(of: axis) == nil, "each axis appears once")
        return view(layout.inserting(axis, at: position))
    }

    /// The image without an axis of one sample, as a view; itself when it does not have the axis.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` when the axis has another number of samples.
    public func removing(_ axis: Axis) throws(ImageError) -> Image {
        guard let i = layout.index(of: axis) else { return self }
        guard layout.sizes[i] == 1 else {
            throw .invalidArgument("axis \(axis) has \(layout.sizes[i]) samples, only an axis of one can be removed")
        }
        return view(layout.removing(i))
    }

    /// The image without its axes of one sample, as a view.
    public func removingUnitAxes() -> Image {
        var result = layout
        for i in layout.sizes.indices.reversed() where layout.sizes[i] == 1 { result = result.removing(i) }
        return view(result)
    }
}
