import CZlib

/// How deflated bytes are wrapped.
package enum DeflateContainer: Sendable {
    /// RFC 1952, any number of members behind each other.
    case gzip
    /// RFC 1950.
    case zlib

    /// What zlib calls the size of the window, with the wrapping.
    fileprivate var windowBits: Int32 { self == .gzip ? 15 + 16 : 15 }
}

/// An open stream of deflated bytes, expanded piece by piece: for the first bytes of a file, and for files whose
/// length is not what it should be.
///
/// Whole members are expanded by libdeflate, which is faster and cannot stop midway.
@safe
final class InflateStream {
    /// How a step ended.
    enum Status: Equatable {
        /// More input or more room is needed.
        case open
        /// The member or stream is whole, and its checksum right.
        case end
        /// The input is no deflated data.
        case corrupt(String)
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// A stream at its beginning.
    init(_ container: DeflateContainer) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let status = unsafe inflateInit2_(
            stream, container.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has some memory")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Prepares for the next member.
    func restart() { unsafe inflateReset(stream) }

    /// Expands as much as input and output allow.
    ///
    /// - Returns: Bytes taken from the input, bytes put into the output, and how it ended.
    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> (consumed: Int, produced: Int, status: Status) {
        // zlib counts in 32 bits.
        let (available, room) = (min(input.count, 1 << 30), min(output.count, 1 << 30))
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(room)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        let consumed = unsafe available - Int(stream.pointee.avail_in)
        let produced = unsafe room - Int(stream.pointee.avail_out)
        switch result {
        case Z_OK, Z_BUF_ERROR: return (consumed, produced, .open)
        case Z_STREAM_END: return (consumed, produced, .end)
        default:
            let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
            return (consumed, produced, .corrupt(reason ?? "zlib error \(result)"))
        }
    }
}
