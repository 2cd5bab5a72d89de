/// Memory that is used again from call to call; its content is undefined until written.
///
/// Unchecked: whoever holds it decides who writes it.
@safe
final class RawScratch: @unchecked Sendable {
    private var base: UnsafeMutableRawPointer
    private var capacity = 64
    private(set) var count = 0

    /// Beyond this size, memory is not kept for the next use.
    private static let keptBytes = 64 << 20

    init() { unsafe base = .allocate(byteCount: 64, alignment: 64) }

    deinit { unsafe base.deallocate() }

    /// Makes room for some bytes; what was there is lost.
    func resize(to count: Int) {
        if count > capacity || (capacity > Self.keptBytes && count <= Self.keptBytes) {
            unsafe base.deallocate()
            capacity = max(count, 64)
            unsafe base = .allocate(byteCount: capacity, alignment: 64)
        }
        self.count = count
    }

    /// Gives large memory back.
    func trim() {
        if capacity > Self.keptBytes { resize(to: 0) }
    }

    /// The bytes, to be used while the scratch is held and not resized.
    var bytes: RawSpan {
        @_lifetime(immortal)
        get {
            let span = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: count)
            return unsafe _overrideLifetime(span, copying: ())
        }
    }

    /// The first bytes, as many as there are up to a number.
    func head(_ wanted: Int) -> [UInt8] {
        (0..<min(wanted, count)).map { unsafe base.load(fromByteOffset: $0, as: UInt8.self) }
    }

    /// Calls a closure that writes the bytes.
    func write<Result, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe MutableRawSpan(_unsafeStart: base, byteCount: count)
        return try body(&span)
    }
}
