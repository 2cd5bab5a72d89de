import CDeflate

/// zlib streams and CRCs by libdeflate.
enum PNGDeflate {
    /// The CRC of the PNG standard, annex D.
    static func crc32(_ bytes: Span<UInt8>, continuing start: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(start, $0.baseAddress, $0.count) }
    }

    /// The content of a zlib stream; `nil` when it is broken or longer than a limit.
    static func inflate(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard limit > 0, let decompressor = unsafe libdeflate_alloc_decompressor() else { return nil }
        defer { unsafe libdeflate_free_decompressor(decompressor) }
        var size = min(limit, max(4096, bytes.count))
        while true {
            var written = 0
            var result = LIBDEFLATE_BAD_DATA
            let inflated = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
                result = unsafe bytes.withUnsafeBytes { input in
                    unsafe libdeflate_zlib_decompress(
                        decompressor, input.baseAddress, input.count, buffer.baseAddress, size, &written)
                }
                initialized = result == LIBDEFLATE_SUCCESS ? written : 0
            }
            if result == LIBDEFLATE_SUCCESS { return inflated }
            guard result == LIBDEFLATE_INSUFFICIENT_SPACE, size < limit else { return nil }
            size = min(limit, size * 4)
        }
    }

    /// A zlib stream, the same bytes for the same input and level.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - level: 0 (stored) to 12 (smallest).
    /// - Returns: The stream.
    /// - Throws: `limitExceeded` when there is no memory.
    static func deflate(_ bytes: [UInt8], level: Int) throws(FormatError) -> [UInt8] {
        guard let compressor = unsafe libdeflate_alloc_compressor(Int32(level)) else {
            throw FormatError(.limitExceeded, file: "PNG", found: "no memory for a compressor")
        }
        defer { unsafe libdeflate_free_compressor(compressor) }
        let bound = unsafe libdeflate_zlib_compress_bound(compressor, bytes.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, initialized in
            initialized = unsafe bytes.withUnsafeBytes { input in
                unsafe libdeflate_zlib_compress(
                    compressor, input.baseAddress, input.count, buffer.baseAddress, bound)
            }
        }
    }
}
