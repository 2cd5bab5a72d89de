import COpenJPHShim

/// OpenJPH: high-throughput JPEG 2000.
enum LibOpenJPH {
    /// Decodes a codestream without tolerating damage.
    ///
    /// - Returns: Whether it could; the bytes are undefined otherwise.
    static func decode(_ data: RawSpan, _ request: FrameRequest, into bytes: inout MutableRawSpan) -> Bool {
        precondition(bytes.byteCount == request.sampleCount * request.width, "the memory holds the image")
        var wanted = copenjph_request(
            width: UInt32(request.columns), height: UInt32(request.rows), components: UInt32(request.samples),
            bytes_per_sample: UInt32(request.width), sign_extends: request.isSigned ? 1 : 0, strict: 1)
        var report = copenjph_report()
        return unsafe data.withUnsafeBytes { data in
            unsafe bytes.withUnsafeMutableBytes { bytes in
                guard let start = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
                return unsafe copenjph_decode(start, data.count, &wanted, bytes.baseAddress, &report) == COPENJPH_OK
            }
        }
    }
}
