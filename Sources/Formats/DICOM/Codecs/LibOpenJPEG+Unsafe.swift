import COpenJPEGShim

/// OpenJPEG: JPEG 2000 of parts 1 and 15.
enum LibOpenJPEG {
    /// Decodes a codestream.
    ///
    /// - Returns: What the library complained about although samples came out.
    static func decode(
        _ data: RawSpan, _ request: FrameRequest, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> String? {
        precondition(bytes.byteCount == request.sampleCount * request.width, "the memory holds the image")
        var wanted = copenjpeg_request(
            width: UInt32(request.columns), height: UInt32(request.rows), components: UInt32(request.samples),
            bytes_per_sample: UInt32(request.width), sign_extends: request.isSigned ? 1 : 0,
            strict: request.isStrict ? 1 : 0)
        var report = copenjpeg_report()
        let status = unsafe data.withUnsafeBytes { data in
            unsafe bytes.withUnsafeMutableBytes { bytes in
                guard let start = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
                    return Int32(COPENJPEG_CORRUPT)
                }
                return unsafe copenjpeg_decode(start, data.count, &wanted, bytes.baseAddress, &report)
            }
        }
        let text = unsafe withUnsafeBytes(of: &report.message) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        switch Int(status) {
        case COPENJPEG_OK: return report.warned != 0 ? text : nil
        case COPENJPEG_MEMORY: throw request.failure(.limitExceeded, "no memory for OpenJPEG")
        default: throw request.failure(.corrupt, "JPEG 2000: \(text.isEmpty ? "OpenJPEG failed" : text)")
        }
    }
}
