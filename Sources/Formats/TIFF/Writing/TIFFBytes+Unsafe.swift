import CDeflate

/// A copy of raw bytes.
func bytes(of span: RawSpan) -> [UInt8] {
    unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// Shows bytes as integers of the machine's byte order.
///
/// - Precondition: the number of bytes is a multiple of the integer's size. Arrays are aligned to 16 bytes.
func withWords<Word: FixedWidthInteger & BitwiseCopyable>(
    of bytes: inout [UInt8], as _: Word.Type, _ body: (inout MutableSpan<Word>) -> Void
) {
    precondition(bytes.count % MemoryLayout<Word>.size == 0, "whole words")
    unsafe bytes.withUnsafeMutableBytes { buffer in
        var words = unsafe MutableSpan<Word>(_unsafeElements: buffer.bindMemory(to: Word.self))
        body(&words)
    }
}

/// A zlib stream (RFC 1950) made by libdeflate: the same bytes for the same input and level.
func zlibCompress(_ input: RawSpan, level: Int) -> [UInt8] {
    guard let compressor = unsafe libdeflate_alloc_compressor(Int32(level)) else {
        preconditionFailure("libdeflate has levels 1 to 12 and needs some memory")
    }
    defer { unsafe libdeflate_free_compressor(compressor) }
    let bound = unsafe libdeflate_zlib_compress_bound(compressor, input.byteCount)
    return unsafe input.withUnsafeBytes { source in
        unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            unsafe count = libdeflate_zlib_compress(
                compressor, source.baseAddress, source.count, target.baseAddress, target.count)
        }
    }
}
