extension Image {
    /// The same image with its samples in C order and without gaps; itself when they are.
    @inlinable
    public func contiguous() -> Image {
        guard !layout.isContiguous else { return self }
        return copied()
    }

    /// A copy that shares no memory with the original, in C order.
    @inlinable
    public func copied() -> Image {
        let target = Layout(axes: layout.axes, sizes: layout.sizes)
        var copy = Image(axes: layout.axes, sizes: layout.sizes) { (samples: inout MutableSpan<Scalar>) in
            copySamples(block, layout, into: &samples, target)
        }
        copy.takeMeaning(from: self)
        return copy
    }

    /// Takes over color, domain, geometry and metadata.
    @inlinable
    mutating func takeMeaning<Other>(from other: Image<Other>) {
        color = other.color
        domain = other.domain
        geometry = other.geometry
        metadata = other.metadata
    }

    /// Whether a write copies nothing: no other image shares the memory, and the samples lie in C order without gaps.
    @inlinable
    package var isReadyToWrite: Bool {
        mutating get { layout.isContiguous && isKnownUniquelyReferenced(&storage) }
    }

    /// Makes sure that no other image sees a write.
    @inlinable
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { self = copied() }
    }

    /// Makes sure that no other image sees a write, and that ``layout`` is contiguous.
    @inlinable
    mutating func makeUniqueAndContiguous() {
        if !layout.isContiguous || !isKnownUniquelyReferenced(&storage) { self = copied() }
    }
}
