import COpenJPEGShim

/// OpenJPEG: JPEG 2000 of parts 1 and 15.
enum LibOpenJPEG {
    /// Decodes a codestream; one that is damaged is decoded as far as it goes, unless strict.
    ///
    /// - Returns: What was wrong although samples came out.
    static func decode(
        _ data: RawSpan, _ request: FrameRequest, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> String? {
        let first = decode(data, request, isStrict: true, into: &bytes)
        guard first.status == COPENJPEG_CORRUPT, !request.isStrict else {
            try check(first, request)
            return nil
        }
        try check(decode(data, request, isStrict: false, into: &bytes), request)
        return first.text.isEmpty ? "the codestream ends early" : first.text
    }

    private static func decode(
        _ data: RawSpan, _ request: FrameRequest, isStrict: Bool, into bytes: inout MutableRawSpan
    ) -> (status: Int, text: String) {
        precondition(bytes.byteCount == request.sampleCount * request.width, "the memory holds the image")
        var wanted = copenjpeg_request(
            width: UInt32(request.columns), height: UInt32(request.rows), components: UInt32(request.samples),
            bytes_per_sample: UInt32(request.width), sign_extends: request.isSigned ? 1 : 0, strict: isStrict ? 1 : 0)
        var report = copenjpeg_report()
        let status = unsafe data.withUnsafeBytes { data in
            unsafe bytes.withUnsafeMutableBytes { bytes in
                guard let start = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
                    return Int32(COPENJPEG_CORRUPT)
                }
                return unsafe copenjpeg_decode(start, data.count, &wanted, bytes.baseAddress, &report)
            }
        }
        let text = unsafe withUnsafeBytes(of: &report.message) { message in
            unsafe String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
        }
        return (Int(status), text)
    }

    private static func check(_ result: (status: Int, text: String), _ request: FrameRequest) throws(FormatError) {
        switch result.status {
        case COPENJPEG_OK: return
        case COPENJPEG_MEMORY: throw request.failure(.limitExceeded, "no memory for OpenJPEG")
        default: throw request.failure(.corrupt, "JPEG 2000: \(result.text.isEmpty ? "OpenJPEG failed" : result.text)")
        }
    }
}
