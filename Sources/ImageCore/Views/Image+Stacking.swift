extension Image {
    /// Images of one shape as one image with a new axis: slices as a volume, bands as channels.
    ///
    /// Color, domain and metadata are those of the first image. So is its geometry; the spacing along a new z is the
    /// distance between the origins of the first two images where both have a geometry.
    /// - Parameters:
    ///   - images: The images, in the order of the new axis; they may order their axes differently.
    ///   - axis: The new axis.
    ///   - position: Where it stands among the axes: 0, the default, makes it the slowest.
    /// - Returns: One image in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` without images or when the axis exists already;
    ///   ``ImageError/shapeMismatch(expected:found:)`` when shapes differ.
    @inlinable
    public static func stacked(_ images: [Image], along axis: Axis, at position: Int = 0) throws(ImageError) -> Image {
        guard let first = images.first else { throw .invalidArgument("no image to stack") }
        guard first.layout.index(of: axis) == nil, position >= 0, position <= first.layout.rank else {
            throw .invalidArgument("no new axis \(axis) at position \(position) of \(first.axes)")
        }
        var result = try concatenated(images.map { $0.adding(axis, at: position) }, along: axis)
        if axis == .channel { result.color = .unspecified }
        result.geometry = first.geometry.map { $0.stacked(along: axis, next: images.dropFirst().first?.geometry) }
        return result
    }

    /// Images one behind the other along an axis that all of them have.
    ///
    /// Color, domain, geometry and metadata are those of the first image; joined channels are ``ColorModel/unspecified``.
    /// - Parameters:
    ///   - images: The images; they may differ in size along the axis, and order their axes differently.
    ///   - axis: The axis along which they lie behind each other.
    /// - Returns: One image in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` without images, ``ImageError/missingAxis(_:)``,
    ///   ``ImageError/shapeMismatch(expected:found:)`` when other sizes differ.
    @inlinable
    public static func concatenated(_ images: [Image], along axis: Axis) throws(ImageError) -> Image {
        guard let first = images.first else { throw .invalidArgument("no image to concatenate") }
        guard let along = first.layout.index(of: axis) else { throw .missingAxis(axis) }
        let layouts = try images.map { (image) throws(ImageError) in
            try image.layout.matching(first.layout, except: along)
        }
        var sizes = first.sizes
        sizes[along] = layouts.reduce(0) { $0 + $1.sizes[along] }
        let whole = Layout(axes: first.axes, sizes: sizes)
        var result = Image(axes: first.axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) in
            var start = 0
            for (image, layout) in zip(images, layouts) {
                let part = whole.part(along, start..<start + layout.sizes[along])
                copySamples(image.block, layout, into: &samples, part)
                start += layout.sizes[along]
            }
        }
        result.takeMeaning(from: first)
        if axis == .channel && images.count > 1 { result.color = .unspecified }
        return result
    }
}

extension Layout {
    /// The layout in the order of another's axes, or an error when its shape differs in more than one axis.
    @usableFromInline
    func matching(_ other: Layout, except free: Int? = nil) throws(ImageError) -> Layout {
        guard let layout = permuted(to: other.axes) else { throw .shapeMismatch(expected: other.sizes, found: sizes) }
        for i in sizes.indices where i != free && layout.sizes[i] != other.sizes[i] {
            throw .shapeMismatch(expected: other.sizes, found: sizes)
        }
        return layout
    }

    /// The part inside a range along one axis.
    @usableFromInline
    func part(_ i: Int, _ range: Range<Int>) -> Layout { cropped(i, to: range) }
}
