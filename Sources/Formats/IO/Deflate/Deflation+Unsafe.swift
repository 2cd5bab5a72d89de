import CDeflate

/// A libdeflate compressor; one thread at a time.
///
/// Unchecked: a `HandlePool` lends it to one thread.
@safe
private final class Compressor: @unchecked Sendable {
    let handle: OpaquePointer

    init(level: Int) throws(FormatError) {
        guard let handle = unsafe libdeflate_alloc_compressor(Int32(level)) else {
            throw FormatError(.limitExceeded, file: "deflate", found: "no memory for a compressor of level \(level)")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe libdeflate_free_compressor(handle) }
}

/// Compresses pieces of a file, on any number of threads; the same piece always gives the same bytes.
package final class Deflater: Sendable {
    private let level: Int
    private let pool = HandlePool<Compressor>()

    /// A compressor of a level from 0 (stored) to 12 (smallest).
    package init(level: Int) {
        precondition((0...12).contains(level), "a level from 0 to 12")
        self.level = level
    }

    /// One gzip member that says its own length; see `Gzip.IndexedMember`.
    package func gzipMember(_ content: RawSpan) throws(FormatError) -> [UInt8] {
        let (head, tail) = (Gzip.IndexedMember.headerLength, Gzip.IndexedMember.trailerLength)
        let compressor = try borrow()
        defer { giveBack(compressor) }
        let bound = unsafe libdeflate_deflate_compress_bound(compressor.handle, content.byteCount)
        return unsafe content.withUnsafeBytes { content in
            let checksum = unsafe libdeflate_crc32(0, content.baseAddress, content.count)
            return unsafe [UInt8](unsafeUninitializedCapacity: head + bound + tail) { target, count in
                let deflated = unsafe libdeflate_deflate_compress(
                    compressor.handle, content.baseAddress, content.count,
                    target.baseAddress.map { unsafe $0 + head }, bound)
                count = head + deflated + tail
                let header = Gzip.IndexedMember.header(memberLength: count)
                for i in 0..<head { unsafe target[i] = header[i] }
                for i in 0..<4 {
                    unsafe target[head + deflated + i] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * i))
                    unsafe target[head + deflated + 4 + i] = UInt8(truncatingIfNeeded: content.count >> (8 * i))
                }
            }
        }
    }

    /// One gzip member, or one zlib stream, as every reader takes it.
    package func compress(_ content: RawSpan, _ container: DeflateContainer) throws(FormatError) -> [UInt8] {
        let compressor = try borrow()
        defer { giveBack(compressor) }
        let isGzip = container == .gzip
        let bound =
            unsafe isGzip
            ? libdeflate_gzip_compress_bound(compressor.handle, content.byteCount)
            : libdeflate_zlib_compress_bound(compressor.handle, content.byteCount)
        return unsafe content.withUnsafeBytes { content in
            unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
                let compress = unsafe isGzip ? libdeflate_gzip_compress : libdeflate_zlib_compress
                count = unsafe compress(
                    compressor.handle, content.baseAddress, content.count, target.baseAddress, bound)
            }
        }
    }

    private func borrow() throws(FormatError) -> Compressor {
        let level = level
        return try pool.take { () throws(FormatError) in try Compressor(level: level) }
    }

    private func giveBack(_ compressor: Compressor) { pool.giveBack(compressor) }
}
