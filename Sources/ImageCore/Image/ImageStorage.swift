/// The memory behind images: one block of samples, aligned to 64 bytes, shared by every view of it.
///
/// Unchecked: the block is written only through an `Image` that holds the sole reference.
@usableFromInline
@safe
final class ImageStorage<Scalar: ImageScalar>: @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Scalar>
    @usableFromInline let count: Int

    /// Takes memory whose content is undefined.
    @usableFromInline
    init(uninitializedCount count: Int) {
        let bytes = max(count, 1) * MemoryLayout<Scalar>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe base = raw.bindMemory(to: Scalar.self, capacity: max(count, 1))
        self.count = count
    }

    @usableFromInline
    convenience init(repeating value: Scalar, count: Int) {
        self.init(uninitializedCount: count)
        unsafe base.initialize(repeating: value, count: count)
    }

    deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }
}
