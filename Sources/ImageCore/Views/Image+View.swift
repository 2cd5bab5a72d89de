extension Image {
    /// A view of the same memory with another layout.
    func view(_ layout: Layout) -> Image {
        var view = self
        view.storedLayout = layout
        return view
    }

    /// The position of an axis that the caller promised to be there.
    func position(of axis: Axis) -> Int {
        guard let i = layout.index(of: axis) else { preconditionFailure("the image has no axis \(axis)") }
        return i
    }

    /// The part of the image inside a rectangle, as a view: no sample is copied, the origin moves along.
    ///
    /// The rectangle is clipped to the image; an empty overlap gives an empty image.
    /// - Precondition: the image has the axes x and y.
    public func cropped(to rect: PixelRect) -> Image {
        cropped(.x, to: rect.x..<max(rect.x, rect.maxX)).cropped(.y, to: rect.y..<max(rect.y, rect.maxY))
    }

    /// The part of the image inside a range along one axis, as a view; the range is clipped to the image.
    ///
    /// Where channels are cut away the color model becomes what the rest stands for: gray for one channel, RGB for the
    /// first three of RGBA, otherwise ``ColorModel/unspecified``.
    /// - Precondition: the image has the axis.
    public func cropped(_ axis: Axis, to range: Range<Int>) -> Image {
        let i = position(of: axis)
        let range = range.clamped(to: 0..<layout.sizes[i])
        var view = view(layout.cropped(i, to: range))
        if axis == .channel { view.color = color.keeping(range, of: layout.sizes[i]) }
        view.geometry = geometry?.cropped(axis, from: range.lowerBound)
        return view
    }

    /// One position along an axis, as a view without that axis.
    ///
    /// A single channel is ``ColorModel/gray``; class numbers stay ``ColorModel/labels``.
    /// - Precondition: the image has the axis and the position lies inside.
    public func slice(_ axis: Axis, at index: Int) -> Image {
        let i = position(of: axis)
        precondition(index >= 0 && index < layout.sizes[i], "position inside the axis")
        var view = cropped(axis, to: index..<index + 1)
        view.storedLayout = view.layout.removing(i)
        if axis == .channel { view.color = color == .labels ? .labels : .gray }
        return view
    }

    /// The same samples with the axes in another order, as a view; ``rearranged(to:)`` moves the samples.
    ///
    /// - Precondition: the same axes, each once.
    public func permuted(to axes: [Axis]) -> Image {
        guard let permuted = layout.permuted(to: axes) else { preconditionFailure("the same axes, each once") }
        return view(permuted)
    }

    /// The image mirrored along one axis, as a view; the geometry keeps every sample at its place in space.
    ///
    /// Mirroring the channels turns RGB into BGR and back; other models become ``ColorModel/unspecified``.
    /// - Precondition: the image has the axis.
    public func flipped(_ axis: Axis) -> Image {
        let i = position(of: axis)
        let size = layout.sizes[i]
        guard size > 0 else { return self }
        var strides = layout.strides
        strides[i] = -strides[i]
        var view = view(
            Layout(
                axes: layout.axes, sizes: layout.sizes, strides: strides,
                offset: layout.offset + (size - 1) * layout.strides[i]))
        if axis == .channel && size > 1 { view.color = color == .rgb ? .bgr : color == .bgr ? .rgb : .unspecified }
        view.geometry = geometry?.flipped(axis, size: size)
        return view
    }
}
