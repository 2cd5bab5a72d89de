import CCharLSShim

/// A JPEG-LS stream that CharLS reads; the bytes must stay.
@safe
struct LibCharLS: ~Copyable {
    private let stream: OpaquePointer
    let columns: Int
    let rows: Int
    let samples: Int
    let precision: Int
    let isPlanar: Bool

    /// Reads the header and decodes in the time of a call.
    static func withStream<Result>(
        _ data: RawSpan, _ request: FrameRequest, _ body: (borrowing LibCharLS) throws(FormatError) -> Result
    ) throws(FormatError) -> Result {
        try unsafe data.withUnsafeBytes { data throws(FormatError) in
            let stream = try unsafe LibCharLS(data, request)
            return try body(stream)
        }
    }

    private init(_ data: UnsafeRawBufferPointer, _ request: FrameRequest) throws(FormatError) {
        var header = unsafe ccharls_header()
        var stream: OpaquePointer?
        guard let start = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            throw request.failure(.truncated, "an empty JPEG-LS stream")
        }
        let status = unsafe ccharls_open(start, data.count, &stream, &header)
        guard let opened = unsafe stream, status == CCHARLS_OK else {
            throw unsafe Self.failure(status, header.message, request)
        }
        unsafe self.stream = opened
        columns = unsafe Int(header.width)
        rows = unsafe Int(header.height)
        samples = unsafe Int(header.components)
        precision = unsafe Int(header.precision)
        isPlanar = unsafe header.is_planar != 0
    }

    deinit { unsafe ccharls_close(stream) }

    /// Decodes to samples of 1 byte (precision up to 8) or 2, planar or interleaved as the stream is.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - bytes: The samples.
    ///   - keepsDamaged: Whether a damaged stream is no error; samples that it does not reach are 0.
    /// - Returns: What was wrong with a damaged stream.
    /// - Throws: ``FormatError`` naming the frame.
    func decode(
        _ request: FrameRequest, into bytes: inout MutableRawSpan, keepsDamaged: Bool
    ) throws(FormatError) -> String? {
        if keepsDamaged { bytes.clear(from: 0) }
        var message: UnsafePointer<CChar>?
        let status = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe ccharls_decode(stream, bytes.baseAddress, bytes.count, &message)
        }
        if status == CCHARLS_OK { return nil }
        let failure = unsafe Self.failure(status, message, request)
        guard keepsDamaged, status != CCHARLS_MEMORY else { throw failure }
        return unsafe message.map { unsafe String(cString: $0) } ?? "the stream ends early"
    }

    private static func failure(
        _ status: Int32, _ message: UnsafePointer<CChar>?, _ request: FrameRequest
    ) -> FormatError {
        let text = unsafe message.map { unsafe String(cString: $0) } ?? "CharLS failed"
        switch Int(status) {
        case CCHARLS_TRUNCATED: return request.failure(.truncated, "JPEG-LS: \(text)")
        case CCHARLS_MEMORY: return request.failure(.limitExceeded, "JPEG-LS: \(text)")
        default: return request.failure(.corrupt, "JPEG-LS: \(text)")
        }
    }
}
