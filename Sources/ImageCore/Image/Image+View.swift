extension Image {
    /// The part of the image inside a rectangle, as a view: no sample is copied, the origin moves along.
    ///
    /// The rectangle is clipped to the image; an empty overlap gives an empty image.
    public func cropped(to rect: PixelRect) -> Image {
        cropped(.x, to: rect.x..<rect.x + rect.width).cropped(.y, to: rect.y..<rect.y + rect.height)
    }

    /// The part of the image inside a range along one axis, as a view; the range is clipped to the image.
    ///
    /// - Precondition: the image has the axis.
    public func cropped(_ axis: Axis, to range: Range<Int>) -> Image {
        guard let i = layout.index(of: axis) else { preconditionFailure("the image has no axis \(axis)") }
        let range = range.clamped(to: 0..<layout.sizes[i])
        var view = self
        var sizes = layout.sizes
        sizes[i] = range.count
        view.layout = Layout(
            axes: layout.axes, sizes: sizes, strides: layout.strides,
            offset: layout.offset + range.lowerBound * layout.strides[i])
        view.geometry = geometry?.cropped(axis, from: range.lowerBound)
        return view
    }

    /// One position along an axis, as a view without that axis.
    ///
    /// - Precondition: the image has the axis and the position lies inside.
    public func slice(_ axis: Axis, at position: Int) -> Image {
        guard let i = layout.index(of: axis) else { preconditionFailure("the image has no axis \(axis)") }
        precondition(position >= 0 && position < layout.sizes[i], "position inside the axis")
        var view = cropped(axis, to: position..<position + 1)
        var (axes, sizes, strides) = (view.layout.axes, view.layout.sizes, view.layout.strides)
        axes.remove(at: i)
        sizes.remove(at: i)
        strides.remove(at: i)
        view.layout = Layout(axes: axes, sizes: sizes, strides: strides, offset: view.layout.offset)
        if axis == .channel { view.color = .gray }
        return view
    }

    /// The same samples with the axes in another order, as a view; call ``contiguous()`` to move the samples.
    ///
    /// - Precondition: the same axes, each once.
    public func permuted(to axes: [Axis]) -> Image {
        precondition(Set(axes) == Set(layout.axes) && axes.count == layout.rank, "the same axes, each once")
        let order = axes.compactMap { layout.index(of: $0) }
        var view = self
        view.layout = Layout(
            axes: axes, sizes: order.map { layout.sizes[$0] }, strides: order.map { layout.strides[$0] },
            offset: layout.offset)
        return view
    }

    /// The image mirrored along one axis, as a view; the geometry keeps every sample at its place in space.
    ///
    /// - Precondition: the image has the axis.
    public func flipped(_ axis: Axis) -> Image {
        guard let i = layout.index(of: axis) else { preconditionFailure("the image has no axis \(axis)") }
        guard layout.sizes[i] > 0 else { return self }
        var strides = layout.strides
        strides[i] = -strides[i]
        var view = self
        view.layout = Layout(
            axes: layout.axes, sizes: layout.sizes, strides: strides,
            offset: layout.offset + (layout.sizes[i] - 1) * layout.strides[i])
        view.geometry = geometry?.flipped(axis, size: layout.sizes[i])
        return view
    }
}
