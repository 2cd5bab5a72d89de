import CDeflate

/// A libdeflate decompressor for bare deflate streams; one thread at a time.
@safe
final class DeflateInflater {
    private let handle: OpaquePointer?

    init() { unsafe handle = libdeflate_alloc_decompressor() }

    deinit { unsafe libdeflate_free_decompressor(handle) }

    /// Expands a stream; bytes behind its end do not matter.
    ///
    /// - Returns: The number of bytes written; `nil` when the stream is corrupt or longer than the output.
    func inflate(_ input: RawSpan, into output: inout MutableRawSpan) -> Int? {
        guard let handle = unsafe handle else { return nil }
        var (read, written) = (0, 0)
        let result = unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                unsafe libdeflate_deflate_decompress_ex(
                    handle, input.baseAddress, input.count, output.baseAddress, output.count, &read, &written)
            }
        }
        return result == LIBDEFLATE_SUCCESS ? written : nil
    }
}
