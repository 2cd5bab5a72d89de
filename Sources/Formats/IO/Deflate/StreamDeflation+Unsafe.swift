import CDeflate
import CZlib
import ImageCore

/// Compresses pieces that make one deflate stream together, on any number of threads.
///
/// Readers of gzip members and zlib streams that stop at the end of the first take the whole: each piece ends at a byte,
/// knows nothing of the one before, and only the last says that it is. Other than whole members the pieces cannot be found
/// again without expanding them.
struct StreamDeflater: Sendable, Hashable {
    let container: DeflateContainer
    /// 0 (stored) to 9 (smallest), by zlib.
    let level: Int

    /// A piece of the stream, and what its content adds to the checksum.
    struct Piece: Sendable {
        var bytes: [UInt8]
        var checksum: UInt32
        /// Bytes before compression.
        var count: Int
    }

    /// What stands before the first piece.
    var header: [UInt8] {
        // gzip: deflate, no time, no name, no operating system. zlib: a window of 32 KiB, no dictionary.
        container == .gzip ? Gzip.magic + [8, 0, 0, 0, 0, 0, 0, 255] : [0x78, 0x01]
    }

    /// Compresses one piece.
    ///
    /// - Throws: `limitExceeded` when there is no memory.
    func piece(_ content: RawSpan, isLast: Bool) throws(FormatError) -> Piece {
        // zlib remembers where its stream lies.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        // Below zero: a deflate stream without a wrapping; 8 is zlib's default for its memory.
        let status = unsafe deflateInit2_(
            stream, Int32(level), Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw FormatError(.limitExceeded, file: "deflate", found: "no memory for zlib") }
        defer { unsafe deflateEnd(stream) }
        // What ends a piece takes at most a few bytes more.
        let bound = unsafe Int(deflateBound(stream, UInt(content.byteCount))) + 64
        return unsafe content.withUnsafeBytes { content in
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: content.baseAddress?.assumingMemoryBound(to: UInt8.self))
                unsafe stream.pointee.avail_in = UInt32(content.count)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(bound)
                let status = unsafe deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                precondition(status == (isLast ? Z_STREAM_END : Z_OK), "there is room for the whole piece")
                count = unsafe bound - Int(stream.pointee.avail_out)
            }
            let checksum =
                unsafe container == .gzip
                ? libdeflate_crc32(0, content.baseAddress, content.count)
                : libdeflate_adler32(1, content.baseAddress, content.count)
            return Piece(bytes: bytes, checksum: checksum, count: content.count)
        }
    }

    /// What stands behind the last piece.
    func trailer(_ checksum: UInt32, count: Int) -> [UInt8] {
        let littleEndian = [checksum, UInt32(truncatingIfNeeded: count)].flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
        }
        return container == .gzip ? littleEndian : littleEndian.prefix(4).reversed()
    }

    /// The checksum of nothing.
    var emptyChecksum: UInt32 { container == .gzip ? 0 : 1 }

    /// The checksum of what came before, and of a piece behind it.
    func joined(_ checksum: UInt32, _ piece: Piece) -> UInt32 {
        let (first, second, count) = (UInt(checksum), UInt(piece.checksum), off_t(piece.count))
        let joined =
            container == .gzip ? crc32_combine(first, second, count) : adler32_combine(first, second, count)
        return UInt32(truncatingIfNeeded: joined)
    }
}
