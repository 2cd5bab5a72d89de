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

    /// The samples of one row in memory order: along x, with the channels where they are interleaved.
    ///
    /// Works on crops too, whose rows are whole although the image is not.
    /// - Precondition: the row lies inside the image, and its samples are contiguous; see ``Layout/rowLength``.
    @inlinable
    public subscript(row y: Int, z z: Int = 0) -> Span<Scalar> {
        // A subscript: spans from methods cannot be taken from stored properties and variables (Swift 6.3).
        @_lifetime(borrow self)
        get {
            let range = layout.row(y, z: z)
            let span = unsafe Span(_unsafeStart: UnsafePointer(storage.base + range.lowerBound), count: range.count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The samples of one row, to be written; a shared image is copied first.
    ///
    /// - Precondition: the row lies inside the image, and its samples are contiguous; see ``Layout/rowLength``.
    @inlinable
    @_lifetime(&self)
    public mutating func mutableRow(_ y: Int, z: Int = 0) -> MutableSpan<Scalar> {
        makeUnique()
        let range = layout.row(y, z: z)
        let span = unsafe MutableSpan(_unsafeStart: storage.base + range.lowerBound, count: range.count)
        return unsafe _overrideLifetime(span, mutating: &self)
    }
}

extension Image {
    /// The bytes of the samples in C order and the machine's byte order.
    ///
    /// - Precondition: ``Layout/isContiguous``; use ``contiguous()`` for views.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let bytes = unsafe samples.bytes
            return unsafe _overrideLifetime(bytes, borrowing: self)
        }
    }
}

extension Image where Scalar: NumericScalar {
    /// The bytes of the samples, to be written; a shared or strided image is copied first.
    ///
    /// Not offered for `Bool`, whose bytes must be 0 or 1.
    @inlinable
    public var mutableBytes: MutableRawSpan {
        @_lifetime(&self)
        mutating get {
            makeUniqueAndContiguous()
            let start = unsafe UnsafeMutableRawPointer(storage.base + layout.offset)
            let bytes = unsafe MutableRawSpan(
                _unsafeStart: start, byteCount: layout.count * MemoryLayout<Scalar>.stride)
            return unsafe _overrideLifetime(bytes, mutating: &self)
        }
    }
}

extension Image {
    /// The whole block of memory that the image is a view of, for kernels that follow the strides of ``layout`` themselves.
    package var memory: Span<Scalar> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(storage.base), count: storage.count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}
