import CDeflate
import CISALShim

/// A compressor of ISA-L for level 1, of libdeflate for others; one thread at a time.
///
/// Unchecked: a `HandlePool` lends it to one thread.
@safe
private final class Compressor: @unchecked Sendable {
    private let handle: OpaquePointer
    private let isFast: Bool

    init(level: Int) throws(FormatError) {
        isFast = level == 1
        let made = unsafe isFast ? cisal_deflater_new() : libdeflate_alloc_compressor(Int32(level))
        guard let handle = unsafe made else {
            throw FormatError(.limitExceeded, file: "deflate", found: "no memory for a compressor of level \(level)")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe isFast ? cisal_deflater_free(handle) : libdeflate_free_compressor(handle) }

    /// The room that some bytes need when they are compressed.
    func bound(_ count: Int) -> Int {
        unsafe isFast ? cisal_deflate_bound(count) : libdeflate_deflate_compress_bound(handle, count)
    }

    /// Makes a deflate stream without a wrapping.
    ///
    /// - Returns: Its length; 0 when the library fails.
    func deflate(_ content: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, room: Int) -> Int {
        unsafe isFast
            ? cisal_deflate(handle, content.baseAddress, content.count, target)
            : libdeflate_deflate_compress(handle, content.baseAddress, content.count, target, room)
    }
}

/// Compresses pieces of a file, on any number of threads; the same piece gives the same bytes.
package final class Deflater: Sendable {
    private let level: Int
    private let pool = HandlePool<Compressor>()

    /// A compressor of a level from 0 (stored) to 12 (smallest).
    package init(level: Int) {
        precondition((0...12).contains(level), "a level from 0 to 12")
        self.level = level
    }

    /// One gzip member that says its own length; see `Gzip.IndexedMember`.
    ///
    /// - Precondition: less than 2 GiB.
    package func gzipMember(_ content: RawSpan) throws(FormatError) -> [UInt8] {
        precondition(content.byteCount < 1 << 31, "a piece of less than 2 GiB")
        let level = level
        return try pool.withHandle { () throws(FormatError) in
            try Compressor(level: level)
        } _: { compressor throws(FormatError) in
            let member = compressor.gzipMember(content)
            guard !member.isEmpty else {
                throw FormatError(.limitExceeded, file: "deflate", found: "the compressor failed at level \(level)")
            }
            return member
        }
    }
}

extension Compressor {
    /// A whole member; none when the library fails.
    fileprivate func gzipMember(_ content: RawSpan) -> [UInt8] {
        let (head, tail) = (Gzip.IndexedMember.headerLength, Gzip.IndexedMember.trailerLength)
        let bound = bound(content.byteCount)
        return unsafe content.withUnsafeBytes { content in
            let checksum = unsafe libdeflate_crc32(0, content.baseAddress, content.count)
            return unsafe [UInt8](unsafeUninitializedCapacity: head + bound + tail) { target, count in
                guard let base = target.baseAddress else { return }
                let deflated = unsafe deflate(content, into: base + head, room: bound)
                guard deflated > 0 else { return }
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
}
