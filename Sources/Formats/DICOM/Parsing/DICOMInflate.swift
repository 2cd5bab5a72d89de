import CDeflate

/// Deflate streams whose expanded size nothing says.
enum DICOMInflate {
    /// Expands a raw deflate stream.
    ///
    /// The output is tried at growing sizes, so that no more is taken than twice what is needed, and never more than the
    /// limit. A small file that claims to be a huge one is taken at its word up to `modest` bytes: beyond them no stream may
    /// grow more than 64-fold, which pixels hardly do, and 1,032-fold is possible.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded`` beyond the limit,
    ///   ``FormatError/Code-swift.struct/corrupt`` for what is no deflate stream.
    static func raw(_ input: [UInt8], file: String, offset: Int, limit: Int, modest: Int = 1 << 30) throws(FormatError)
        -> [UInt8]
    {
        let limit = min(limit, max(modest, 64 * input.count))
        guard let handle = unsafe libdeflate_alloc_decompressor() else {
            throw FormatError(.inputOutput, file: file, found: "no memory to inflate")
        }
        defer { unsafe libdeflate_free_decompressor(handle) }
        var capacity = min(limit, max(4096, 4 * input.count))
        while true {
            var output = [UInt8](repeating: 0, count: capacity)
            var written = 0
            let result = unsafe libdeflate_deflate_decompress(
                handle, input, input.count, &output, capacity, &written)
            switch result {
            case LIBDEFLATE_SUCCESS:
                output.removeLast(capacity - written)
                return output
            case LIBDEFLATE_INSUFFICIENT_SPACE where capacity < limit:
                capacity = min(limit, 2 * capacity)
            case LIBDEFLATE_INSUFFICIENT_SPACE:
                throw FormatError(
                    .limitExceeded, file: file, place: "offset \(offset)", expected: "at most \(limit) bytes",
                    found: "a deflated data set of more")
            default:
                throw FormatError(
                    .corrupt, file: file, place: "offset \(offset)", expected: "a deflate stream", found: "other bytes")
            }
        }
    }
}
