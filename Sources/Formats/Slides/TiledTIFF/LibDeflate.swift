import CDeflate

/// A libdeflate decompressor for zlib streams; one thread at a time.
@safe
final class ZlibInflater {
    private let handle: OpaquePointer?

    init() { unsafe handle = libdeflate_alloc_decompressor() }

    deinit { unsafe libdeflate_free_decompressor(handle) }

    /// Expands a stream.
    ///
    /// - Returns: The number of bytes written; `nil` when the stream is corrupt or longer than the output.
    func inflate(_ input: [UInt8], into output: inout [UInt8]) -> Int? {
        guard let handle = unsafe handle else { return nil }
        var written = 0
        let capacity = output.count
        let result = unsafe libdeflate_zlib_decompress(handle, input, input.count, &output, capacity, &written)
        return result == LIBDEFLATE_SUCCESS ? written : nil
    }
}
