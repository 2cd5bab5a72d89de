/// The memory behind images: one block of samples, aligned to 64 bytes, shared by every view of it.
///
/// Unchecked: the block is written only through an `Image` that holds the sole reference.
@usableFromInline
@safe
final class ImageStorage<Scalar: ImageScalar>: @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Scalar>
    @usableFromInline let count: Int
    /// Bytes of the block, which may have room for more samples.
    @usableFromInline let size: Int

    /// Takes memory whose content is undefined.
    @inlinable
    init(uninitializedCount count: Int) {
        let (bytes, overflow) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
        precondition(!overflow, "the image fits the address space")
        let block = unsafe FreedBlocks.take(bytes)
        size = unsafe block.size
        unsafe base = block.start.bindMemory(to: Scalar.self, capacity: max(count, 1))
        self.count = count
    }

    @inlinable
    convenience init(repeating value: Scalar, count: Int) {
        self.init(uninitializedCount: count)
        unsafe base.initialize(repeating: value, count: count)
    }

    deinit { unsafe FreedBlocks.give(UnsafeMutableRawPointer(base), size: size) }
}

extension Image {
    /// The whole block of memory that the image is a view of; ``layout`` says where the samples lie.
    @inlinable
    var block: Span<Scalar> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(storage.base), count: storage.count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The whole block of memory, to be written; a shared image is copied first, so read ``layout`` afterwards.
    @inlinable
    var mutableBlock: MutableSpan<Scalar> {
        @_lifetime(&self)
        mutating get {
            makeUnique()
            let span = unsafe MutableSpan(_unsafeStart: storage.base, count: storage.count)
            return unsafe _overrideLifetime(span, mutating: &self)
        }
    }

    /// An image in C order whose samples a closure writes.
    ///
    /// The memory is not cleared first: the closure must write every sample.
    @inlinable
    public init<Failure: Error>(
        axes: [Axis], sizes: [Int], color: ColorModel = .unspecified, domain: ValueDomain = .unspecified,
        filling body: (inout MutableSpan<Scalar>) throws(Failure) -> Void
    ) throws(Failure) {
        let layout = Layout(axes: axes, sizes: sizes)
        let storage = ImageStorage<Scalar>(uninitializedCount: layout.count)
        var span = unsafe MutableSpan(_unsafeStart: storage.base, count: layout.count)
        try body(&span)
        self.init(storage: storage, layout: layout, color: color, domain: domain)
    }
}
