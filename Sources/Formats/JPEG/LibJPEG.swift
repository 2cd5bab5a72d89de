import CJPEGShim

/// Why libjpeg gave up, without the file's name.
package struct JPEGFailure: Error {
    package let code: FormatError.Code
    package let text: String

    package func located(file: String, place: String? = nil) -> FormatError {
        FormatError(code, file: file, place: place, found: text)
    }
}

/// Color spaces of JPEG streams.
package enum JPEGColor: Sendable, Hashable {
    case gray, rgb, yCbCr, cmyk, ycck, other

    var shimValue: Int32 {
        switch self {
        case .gray: Int32(CJPEG_GRAY)
        case .rgb: Int32(CJPEG_RGB)
        case .yCbCr: Int32(CJPEG_YCBCR)
        case .cmyk: Int32(CJPEG_CMYK)
        case .ycck: Int32(CJPEG_YCCK)
        case .other: Int32(CJPEG_OTHER)
        }
    }

    init(shimValue: Int32) {
        switch Int(shimValue) {
        case CJPEG_GRAY: self = .gray
        case CJPEG_RGB: self = .rgb
        case CJPEG_YCBCR: self = .yCbCr
        case CJPEG_CMYK: self = .cmyk
        case CJPEG_YCCK: self = .ycck
        default: self = .other
        }
    }
}

/// What the markers of a JPEG stream say.
package struct JPEGHeader: Sendable {
    package var width: Int
    package var height: Int
    package var components: Int
    package var color: JPEGColor
    package var isAdobe: Bool
    package var isProgressive: Bool
}

extension FormatError.Code {
    fileprivate init(shimStatus: Int32) {
        switch Int(shimStatus) {
        case CJPEG_TRUNCATED: self = .truncated
        case CJPEG_UNSUPPORTED: self = .unsupported
        case CJPEG_TOO_LARGE: self = .limitExceeded
        default: self = .corrupt
        }
    }
}

/// A libjpeg decompressor; one thread at a time.
///
/// Unchecked: a ``HandlePool`` lends it to one user at a time.
@safe
package final class JPEGDecompressor: @unchecked Sendable {
    private let handle: OpaquePointer

    package init() throws(JPEGFailure) {
        guard let handle = unsafe cjpeg_decoder_create() else {
            throw JPEGFailure(code: .limitExceeded, text: "no memory for a JPEG decoder")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe cjpeg_decoder_destroy(handle) }

    private func check(_ status: Int32) throws(JPEGFailure) {
        guard status != CJPEG_OK else { return }
        let text = unsafe String(cString: cjpeg_decoder_message(handle))
        throw JPEGFailure(code: FormatError.Code(shimStatus: status), text: text)
    }

    /// Forgets all tables.
    package func reset() throws(JPEGFailure) { try check(unsafe cjpeg_decoder_reset(handle)) }

    /// Loads an abbreviated stream of tables that serve every later image.
    package func loadTables(_ tables: Span<UInt8>) throws(JPEGFailure) {
        let status = unsafe tables.withUnsafeBufferPointer { bytes in
            unsafe cjpeg_decoder_load_tables(handle, bytes.baseAddress, bytes.count)
        }
        try check(status)
    }

    /// Reads the markers alone.
    package func header(of data: Span<UInt8>) throws(JPEGFailure) -> JPEGHeader {
        try withHeader(of: data, isStrict: false) { header in
            unsafe cjpeg_decoder_abandon(handle)
            return header
        }
    }

    /// Width and height of an image decoded at 1/1, 1/2, 1/4 or 1/8.
    package func scaledSize(of data: Span<UInt8>, denominator: Int) throws(JPEGFailure) -> (width: Int, height: Int) {
        try withHeader(of: data, isStrict: false) { _ throws(JPEGFailure) in
            defer { unsafe cjpeg_decoder_abandon(handle) }
            return try scale(denominator)
        }
    }

    private func scale(_ denominator: Int) throws(JPEGFailure) -> (width: Int, height: Int) {
        var (width, height) = (Int64(0), Int64(0))
        try check(unsafe cjpeg_decoder_scale(handle, Int32(denominator), &width, &height))
        return (Int(width), Int(height))
    }

    /// Decodes an image into rows that start `rowStride` bytes apart.
    ///
    /// - Parameters:
    ///   - data: The stream.
    ///   - stored: What the components are; `nil` believes the markers.
    ///   - output: What the samples become; `.other` leaves the components as they are.
    ///   - denominator: 1, 2, 4 or 8.
    ///   - isStrict: Whether data without an end marker is refused although every sample is there.
    ///   - samples: The rows; at least `(height − 1) · rowStride + width · components` bytes.
    ///   - width: The largest width that fits.
    ///   - height: The largest height that fits.
    ///   - rowStride: Bytes between the starts of rows.
    /// - Returns: What the markers say.
    /// - Throws: ``JPEGFailure`` when the stream is corrupt, ends early, or does not fit.
    @discardableResult
    package func decode(
        _ data: Span<UInt8>, stored: JPEGColor? = nil, output: JPEGColor, denominator: Int = 1, isStrict: Bool,
        into samples: inout MutableSpan<UInt8>, width: Int, height: Int, rowStride: Int
    ) throws(JPEGFailure) -> JPEGHeader {
        var decoded: Swift.Result<JPEGHeader, JPEGFailure> = .failure(JPEGFailure(code: .corrupt, text: ""))
        unsafe samples.withUnsafeMutableBufferPointer { rows in
            decoded = unsafe decode(
                data, stored: stored, output: output, denominator: denominator, isStrict: isStrict, rows: rows,
                width: width, height: height, rowStride: rowStride)
        }
        return try decoded.get()
    }

    private func decode(
        _ data: Span<UInt8>, stored: JPEGColor?, output: JPEGColor, denominator: Int, isStrict: Bool,
        rows: UnsafeMutableBufferPointer<UInt8>, width: Int, height: Int, rowStride: Int
    ) -> Swift.Result<JPEGHeader, JPEGFailure> {
        do throws(JPEGFailure) {
            return .success(
                try withHeader(of: data, isStrict: isStrict) { header throws(JPEGFailure) in
                    let channels = output == .other ? header.components : output == .gray ? 1 : output == .rgb ? 3 : 4
                    precondition(
                        rowStride >= width * channels && rows.count >= (height - 1) * rowStride + width * channels,
                        "the memory holds the image")
                    if denominator != 1 { _ = try scale(denominator) }
                    let status = unsafe cjpeg_decoder_decode(
                        handle, stored?.shimValue ?? Int32(CJPEG_AUTOMATIC), output.shimValue, rows.baseAddress,
                        rowStride, Int64(width), Int64(height))
                    try check(status)
                    return header
                })
        } catch {
            return .failure(error)
        }
    }

    /// Keeps the data in place between the header and what follows it.
    private func withHeader<Result>(
        of data: Span<UInt8>, isStrict: Bool, _ body: (JPEGHeader) throws(JPEGFailure) -> Result
    ) throws(JPEGFailure) -> Result {
        try unsafe data.withUnsafeBufferPointer { bytes throws(JPEGFailure) in
            var raw = cjpeg_header()
            try check(
                unsafe cjpeg_decoder_read_header(handle, bytes.baseAddress, bytes.count, isStrict ? 1 : 0, &raw))
            return try body(
                JPEGHeader(
                    width: Int(raw.width), height: Int(raw.height), components: Int(raw.components),
                    color: JPEGColor(shimValue: raw.color), isAdobe: raw.adobe != 0,
                    isProgressive: raw.progressive != 0))
        }
    }
}

/// A libjpeg compressor; one thread at a time.
///
/// Unchecked: a ``HandlePool`` lends it to one user at a time.
@safe
final class JPEGCompressor: @unchecked Sendable {
    private let handle: OpaquePointer

    init() throws(JPEGFailure) {
        guard let handle = unsafe cjpeg_encoder_create() else {
            throw JPEGFailure(code: .limitExceeded, text: "no memory for a JPEG encoder")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe cjpeg_encoder_destroy(handle) }

    /// Encodes rows that start `rowStride` bytes apart.
    func encode(
        _ samples: Span<UInt8>, rowStride: Int, settings: cjpeg_settings, exif: [UInt8], icc: [UInt8]
    ) throws(JPEGFailure) -> [UInt8] {
        var settings = settings
        var (bytes, count) = unsafe (UnsafePointer<UInt8>?.none, 0)
        let status = unsafe samples.withUnsafeBufferPointer { rows in
            unsafe cjpeg_encoder_encode(
                handle, &settings, rows.baseAddress, rowStride, exif, exif.count, icc, icc.count, &bytes, &count)
        }
        guard status == CJPEG_OK else {
            let text = unsafe String(cString: cjpeg_encoder_message(handle))
            throw JPEGFailure(code: FormatError.Code(shimStatus: status), text: text)
        }
        return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }
}
