import CPNGShim
public import ImageCore

/// Writes a PNG file row by row, in memory that does not grow with its height; for pictures that are too large to hold.
///
/// Rows go through libpng and zlib to a temporary file that takes its name in ``finish()``; a writer that is dropped before
/// leaves nothing. The bytes differ from those of ``PNGEncoder``, the pixels do not.
@safe
public final class PNGRowWriter {
    /// Hands the encoded bytes to the file and keeps the error that stopped it.
    private final class Output {
        let file: AtomicFile
        var failure: FormatError?

        init(_ file: AtomicFile) { self.file = file }

        /// The error of the file when there is one, otherwise what libpng said.
        func cause(_ shim: cpng_failure) -> FormatError {
            failure ?? FormatError(.invalidRequest, file: file.path, place: "row \(shim.row)", found: shim.text)
        }
    }

    private let writer: OpaquePointer
    private let output: Output
    private let rowBytes: Int
    private let height: Int
    private let paletteCount: Int?
    /// Number of rows written so far.
    public private(set) var rowCount = 0

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: The file's name in the end.
    ///   - width: Pixels in a row.
    ///   - height: Rows.
    ///   - channels: 1 gray (or labels, with a palette), 2 gray and opacity, 3 RGB, 4 RGBA.
    ///   - bitDepth: 8 or 16 bits per sample.
    ///   - geometry: Gives the resolution (pHYs).
    ///   - encoder: Level, filter and palette.
    /// - Throws: ``FormatError`` for a size or channels that the format cannot hold, and when the file cannot be created.
    public init(
        path: String, width: Int, height: Int, channels: Int, bitDepth: Int = 8, geometry: Geometry? = nil,
        encoder: PNGEncoder = PNGEncoder()
    ) throws(FormatError) {
        var target = try PNGTarget(
            width: width, height: height, channels: channels, bitDepth: bitDepth, palette: encoder.palette)
        target.geometry = geometry
        let resolution = target.pixelsPerMetre
        rowBytes = target.rowBytes
        self.height = height
        let paletteCount = encoder.palette.map { $0.count / 3 }
        self.paletteCount = paletteCount
        output = Output(try AtomicFile(path: path))
        let context = unsafe Unmanaged.passUnretained(output).toOpaque()
        var failure = cpng_failure()
        let created = unsafe withOptional(target.palette) { colors in
            var shim = unsafe cpng_target(
                width: UInt32(width), height: UInt32(height), bit_depth: Int32(bitDepth),
                color_type: Int32(target.colorType.rawValue), palette: colors, palette_count: Int32(paletteCount ?? 0),
                pixels_per_metre_x: resolution?.x ?? 0, pixels_per_metre_y: resolution?.y ?? 0,
                level: Int32(encoder.level),
                filters: Int32(encoder.filter.shimValue(isPlain: target.palette != nil)))
            return unsafe cpng_writer_create(&shim, context, Self.put, &failure)
        }
        guard let created = unsafe created else { throw output.cause(failure) }
        unsafe writer = created
    }

    deinit { unsafe cpng_writer_destroy(writer) }

    /// Writes whole rows of 8-bit samples, without gaps, below those written before.
    ///
    /// - Throws: ``FormatError``, for example when the disk is full or a label lies beyond the palette.
    /// - Precondition: a whole number of rows, not more than the file still takes.
    public func write(rows: Span<UInt8>) throws(FormatError) {
        if let paletteCount { try rows.check(paletteCount: paletteCount) }
        try write(bytes: rows)
    }

    /// Writes whole rows of 16-bit samples, without gaps, below those written before.
    ///
    /// - Throws: ``FormatError``, for example when the disk is full.
    /// - Precondition: a whole number of rows, not more than the file still takes.
    public func write(rows: Span<UInt16>) throws(FormatError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 2)
        for i in rows.indices {
            bytes.append(UInt8(truncatingIfNeeded: rows[i] >> 8))
            bytes.append(UInt8(truncatingIfNeeded: rows[i]))
        }
        try write(bytes: bytes.span)
    }

    private func write(bytes rows: Span<UInt8>) throws(FormatError) {
        let count = rows.count / rowBytes
        precondition(rows.count == count * rowBytes && rowCount + count <= height, "whole rows of the file")
        var failure = cpng_failure()
        let status = unsafe rows.withUnsafeBufferPointer { buffer in
            unsafe cpng_writer_write(writer, buffer.baseAddress, rowBytes, count, &failure)
        }
        guard status == 0 else { throw output.cause(failure) }
        rowCount += count
    }

    /// Ends the file and gives it its name.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``.
    /// - Precondition: every row was written.
    public func finish() throws(FormatError) {
        precondition(rowCount == height, "every row was written")
        var failure = cpng_failure()
        guard unsafe cpng_writer_finish(writer, &failure) == 0 else { throw output.cause(failure) }
        try output.file.commit()
    }

    private static let put: cpng_put = { context, bytes, count in
        guard let context = unsafe context else { return -1 }
        let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
        do throws(FormatError) {
            try unsafe output.file.write(UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        } catch {
            output.failure = error
            return -1
        }
    }
}

extension PNGFilter {
    /// The filters that libpng may choose from.
    fileprivate func shimValue(isPlain: Bool) -> Int {
        switch isPlain ? .none : self {
        case .none: CPNG_FILTER_NONE
        case .sub: CPNG_FILTER_SUB
        case .up: CPNG_FILTER_UP
        case .average: CPNG_FILTER_AVERAGE
        case .paeth: CPNG_FILTER_PAETH
        case .adaptive:
            CPNG_FILTER_NONE | CPNG_FILTER_SUB | CPNG_FILTER_UP | CPNG_FILTER_AVERAGE | CPNG_FILTER_PAETH
        }
    }
}
