import CDCMTKShim

/// DCMTK's builds of the IJG library for 8, 12 and 16 bits.
enum LibDCMTKJPEG {
    /// Decodes a stream whose size was compared with the request's, to samples of 1 byte (precision up to 8) or 2.
    ///
    /// - Returns: What was wrong although samples came out; `nil` for a sound stream.
    static func decode(
        _ data: RawSpan, _ precision: Int, _ request: FrameRequest, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> String? {
        let width = precision <= 8 ? 1 : 2
        precondition(bytes.byteCount >= request.sampleCount * width, "the memory holds the image")
        let (status, text) = unsafe data.withUnsafeBytes { data in
            unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 200) { message in
                    guard let start = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        let text = message.baseAddress
                    else { return (Int32(CDCMTK_JPEG_TRUNCATED), "") }
                    unsafe text.initialize(repeating: 0, count: 200)
                    let status = unsafe cdcmtk_jpeg_decode(
                        start, data.count, Int32(precision), 0, bytes.baseAddress, bytes.count, text, 200)
                    return (status, unsafe String(cString: text))
                }
            }
        }
        switch Int(status) {
        case CDCMTK_JPEG_OK: return nil
        case CDCMTK_JPEG_DAMAGED: return "JPEG: wrong codes, or too few or too many bytes"
        case CDCMTK_JPEG_TRUNCATED: throw request.failure(.truncated, "the JPEG stream ends early")
        case CDCMTK_JPEG_MEMORY: throw request.failure(.limitExceeded, text)
        default: throw request.failure(.corrupt, text)
        }
    }
}
