public import ImageCore

/// Decodes the frames of a DICOM object to stored values: what the pixels are before any rescaling or windowing.
///
/// A reader is a value without state: any thread may read any frame, at the same time. Where frames stand is found out once.
///
/// Stored values are right-aligned whole numbers with the sign that Pixel Representation states, bits that belong to overlays removed,
/// color interleaved pixel by pixel. Luma and color differences become RGB unless ``DICOMPixelOptions/convertsColor`` says
/// otherwise. MONOCHROME1 keeps its polarity and PALETTE COLOR its indices: what to make of them are steps of their own
/// (``DICOMModality``, ``DICOMVOIWindow``, ``DICOMPalette``).
public struct DICOMPixelReader: Sendable {
    /// How the pixels are described.
    public private(set) var format: DICOMPixelFormat
    /// How the pixels are compressed.
    public let transferSyntax: DICOMTransferSyntax
    /// How the pixels are decoded.
    public let options: DICOMPixelOptions
    /// The file's path, or the name given to the bytes.
    public let name: String
    /// What is wrong with the pixel data as far as it can be seen without decoding it.
    public let defects: [DICOMPixelDefect]

    let source: ByteSource
    let storage: DICOMPixelStorage

    /// Finds the frames.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` naming the transfer syntax when it cannot be decoded,
    ///   ``FormatError/Code-swift.struct/corrupt`` without pixel data or with a description that cannot be right,
    ///   ``FormatError/Code-swift.struct/limitExceeded``, and, when strict, an error for each of ``defects`` but
    ///   ``DICOMPixelDefect/Kind-swift.enum/noFrames`` and
    ///   ``DICOMPixelDefect/Kind-swift.enum/excessFrames(expected:found:)``.
    public init(header: DICOMHeader, options: DICOMPixelOptions = DICOMPixelOptions()) throws(FormatError) {
        name = header.name
        source = header.source
        self.options = options
        transferSyntax = header.transferSyntax
        guard let place = header.pixelData else {
            throw FormatError(.corrupt, file: name, expected: "pixel data", found: "none")
        }
        guard transferSyntax.codec != .unsupported || place.length != nil else {
            throw Self.unsupported(transferSyntax, name)
        }
        let format = try DICOMPixelFormat(header)
        try Self.check(format, options.limits, name)
        self.format = format
        let found = try DICOMPixelStorage.find(header, place, format, options)
        storage = found.0
        defects = (header.dataSet.integer(.numberOfFrames) == 0 ? [DICOMPixelDefect(.noFrames)] : []) + found.1
        if options.isStrict, let defect = found.1.first(where: { !$0.isExcess }) {
            throw FormatError(.truncated, file: name, place: "pixel data", found: defect.description)
        }
    }

    static func unsupported(_ syntax: DICOMTransferSyntax, _ name: String) -> FormatError {
        FormatError(
            .unsupported, file: name, place: "transfer syntax",
            found: syntax.name == syntax.uid
                ? "\(syntax.uid), which is not decoded" : "\(syntax.name) (\(syntax.uid)), which is not decoded")
    }

    private static func check(_ format: DICOMPixelFormat, _ limits: DecodeLimits, _ name: String) throws(FormatError) {
        try limits.check(
            width: format.columns, height: format.rows,
            bytesPerPixel: format.samplesPerPixel * format.scalarKind.byteCount, file: name, place: "pixel data")
        guard format.frameCount <= limits.entries else {
            throw FormatError(
                .limitExceeded, file: name, place: DICOMTag.numberOfFrames.description,
                expected: "at most \(limits.entries) frames", found: "\(format.frameCount)")
        }
    }

    /// What the channels of decoded frames stand for.
    public var color: ColorModel {
        switch format.photometric {
        case .monochrome1, .monochrome2: format.samplesPerPixel == 1 ? .gray : .unspecified
        case .rgb, .ybrRCT, .ybrICT: format.samplesPerPixel == 3 ? .rgb : .unspecified
        case .ybrFull, .ybrFull422, .ybrPartial422, .ybrPartial420:
            format.samplesPerPixel != 3 ? .unspecified : convertsColor ? .rgb : .yCbCr
        case .paletteColor, .other: .unspecified
        }
    }

    /// Axes of a decoded frame: y, x, and channel where a pixel has several samples.
    public var axes: [Axis] { format.samplesPerPixel == 1 ? [.y, .x] : [.y, .x, .channel] }

    /// Sizes of a decoded frame, in the order of ``axes``.
    public var sizes: [Int] {
        [format.rows, format.columns] + (format.samplesPerPixel == 1 ? [] : [format.samplesPerPixel])
    }

    /// Color is converted where three 8-bit samples hold it.
    var convertsColor: Bool {
        options.convertsColor && format.samplesPerPixel == 3 && format.scalarKind == .uint8
    }

    /// Decodes one frame to stored values in memory that the caller owns.
    ///
    /// Native data that needs no rearranging is read straight into it.
    /// - Parameters:
    ///   - frame: The frame, counted from 0.
    ///   - bytes: Exactly ``DICOMPixelFormat/frameByteCount`` bytes, aligned for ``DICOMPixelFormat/scalarKind``; they need not be
    ///     cleared, and are undefined after an error. Samples are in C order and the machine's byte order.
    /// - Returns: What was wrong with the frame, unless strict; `nil` for nearly all.
    /// - Throws: ``FormatError`` naming the frame; ``FormatError/Code-swift.struct/truncated`` when it is not there at all.
    @discardableResult
    public func readStored(frame: Int, into bytes: inout MutableRawSpan) throws(FormatError) -> DICOMPixelDefect? {
        guard (0..<format.frameCount).contains(frame), bytes.byteCount == format.frameByteCount else {
            throw FormatError(
                .invalidRequest, file: name,
                expected: "a frame below \(format.frameCount) and \(format.frameByteCount) bytes",
                found: "frame \(frame) and \(bytes.byteCount) bytes")
        }
        switch storage {
        case .native(let native): return try readNative(native, frame, &bytes)
        case .fragments(let index): return try readFragments(index, frame, &bytes)
        }
    }

    /// Decodes one frame to an image of stored values.
    ///
    /// - Throws: as ``readStored(frame:into:)``.
    public func storedImage(frame: Int = 0) throws(FormatError) -> AnyImage {
        try AnyImage(kind: format.scalarKind, axes: axes, sizes: sizes, color: color) {
            (bytes: inout MutableRawSpan) throws(FormatError) in
            try readStored(frame: frame, into: &bytes)
        }
    }

    /// The same pixels with every allocated bit, as unsigned numbers.
    var withWholeCells: DICOMPixelReader {
        var reader = self
        reader.format.bitsStored = format.bitsAllocated
        reader.format.highBit = format.bitsAllocated - 1
        reader.format.isSigned = false
        return reader
    }

    /// An error about one frame.
    func failure(_ code: FormatError.Code, _ frame: Int, expected: String? = nil, _ found: String) -> FormatError {
        FormatError(code, file: name, place: "frame \(frame + 1)", expected: expected, found: found)
    }
}
