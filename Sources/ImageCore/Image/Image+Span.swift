extension Image {
    /// The samples in C order.
    ///
    /// - Precondition: ``Layout/isContiguous``; use ``contiguous()`` for views.
    @inlinable
    public var samples: Span<Scalar> {
        @_lifetime(borrow self)
        get {
            precondition(layout.isContiguous, "samples of a view: call contiguous() first")
            let span = unsafe Span(_unsafeStart: UnsafePointer(storage.base + layout.offset), count: layout.count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The samples in C order, to be written; a shared or strided image is copied first.
    @inlinable
    public var mutableSamples: MutableSpan<Scalar> {
        @_lifetime(&self)
        mutating get {
            makeUniqueAndContiguous()
            let span = unsafe MutableSpan(_unsafeStart: storage.base + layout.offset, count: layout.count)
            return unsafe _overrideLifetime(span, mutating: &self)
        }
    }
}
