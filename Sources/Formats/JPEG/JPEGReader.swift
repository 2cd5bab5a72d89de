import ImageCore

/// Reads a JPEG file: baseline, extended and progressive, 8 bits, Huffman or arithmetic.
///
/// Gray gives axes y, x; YCbCr and RGB give RGB and CMYK and YCCK give CMYK with 0 = no ink, both with axes y, x, channel.
/// Metadata: `exif` and `icc` (bytes), `orientation` (1 to 8), `comment`. The JFIF density becomes the geometry.
/// Samples are those of libjpeg-turbo's ISLOW transform and fancy upsampling.
public struct JPEGReader: ImageReader {
    /// `JPEG`.
    public var formatName: String { "JPEG" }
    /// One frame.
    public let frames: [FrameInfo]
    private let data: [UInt8]
    private let name: String
    private let header: JPEGHeader
    private let denominator: Int
    private let storedSize: (width: Int, height: Int)
    private let orientation: EXIFOrientation?

    /// Reads the markers.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` for 12-bit and lossless files,
    ///   ``FormatError/Code-swift.struct/invalidRequest`` for a scale other than 1, 2, 4 and 8, and what the content deserves.
    public init(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) {
        guard [1, 2, 4, 8].contains(options.jpegScaleDenominator) else {
            throw FormatError(
                .invalidRequest, file: source.name, expected: "a JPEG scale of 1/1, 1/2, 1/4 or 1/8",
                found: "1/\(options.jpegScaleDenominator)")
        }
        guard source.count <= options.limits.bytes else {
            throw FormatError(
                .limitExceeded, file: source.name, expected: "at most \(options.limits.bytes) bytes",
                found: "\(source.count)")
        }
        name = source.name
        data = try source.all()
        denominator = options.jpegScaleDenominator
        let data = data
        let markers = JPEGMarkers(data.span)
        try Self.checkFrame(markers, name)
        (header, storedSize) = try Self.readHeader(data.span, denominator, name)
        try options.limits.check(
            width: header.width, height: header.height, bytesPerPixel: max(1, header.components), file: name,
            place: "start of frame")
        let found = markers.exif.flatMap { EXIFOrientation(exif: $0) }
        orientation = options.appliesOrientation ? found : nil
        frames = [Self.describe(header, storedSize, markers, found, applied: orientation, denominator)]
    }

    private static func checkFrame(_ markers: JPEGMarkers, _ name: String) throws(FormatError) {
        func refuse(_ found: String) -> FormatError {
            FormatError(.unsupported, file: name, place: "start of frame", found: found)
        }
        switch markers.frameMarker {
        case 0xC3, 0xC7, 0xCB, 0xCF: throw refuse("lossless JPEG")
        case 0xC5, 0xC6, 0xCD, 0xCE: throw refuse("hierarchical JPEG")
        default: break
        }
        if let precision = markers.precision, precision != 8 { throw refuse("JPEG with \(precision) bits per sample") }
    }

    private static func readHeader(
        _ data: Span<UInt8>, _ denominator: Int, _ name: String
    ) throws(FormatError) -> (JPEGHeader, (width: Int, height: Int)) {
        do throws(JPEGFailure) {
            let decompressor = try JPEGDecompressor()
            let header = try decompressor.header(of: data)
            return (header, try decompressor.scaledSize(of: data, denominator: denominator))
        } catch {
            throw error.located(file: name, place: "header")
        }
    }

    private static func describe(
        _ header: JPEGHeader, _ size: (width: Int, height: Int), _ markers: JPEGMarkers, _ found: EXIFOrientation?,
        applied: EXIFOrientation?, _ denominator: Int
    ) -> FrameInfo {
        var metadata = Metadata()
        if let exif = markers.exif { metadata["exif"] = .bytes(exif) }
        if let icc = markers.icc { metadata["icc"] = .bytes(icc) }
        if let comment = markers.comment { metadata["comment"] = .text(comment) }
        if let found { metadata["orientation"] = .integer(applied == nil ? found.value : 1) }
        let swaps = applied?.swapsAxes ?? false
        let plane = swaps ? [size.width, size.height] : [size.height, size.width]
        let geometry = markers.density.map { density in
            let (x, y) = (1000 * Double(denominator) / density.x, 1000 * Double(denominator) / density.y)
            return swaps ? Geometry(mppX: y, mppY: x) : Geometry(mppX: x, mppY: y)
        }
        let isGray = header.color == .gray
        return FrameInfo(
            axes: isGray ? [.y, .x] : [.y, .x, .channel], sizes: isGray ? plane : plane + [header.components],
            kind: .uint8, color: colorModel(header.color), domain: .integer(bits: 8), geometry: geometry,
            metadata: metadata)
    }

    private static func colorModel(_ color: JPEGColor) -> ColorModel {
        switch color {
        case .gray: .gray
        case .rgb, .yCbCr: .rgb
        case .cmyk, .ycck: .cmyk
        case .other: .unspecified
        }
    }

    private var outputColor: JPEGColor {
        switch header.color {
        case .gray: .gray
        case .rgb, .yCbCr: .rgb
        case .cmyk, .ycck: .cmyk
        case .other: .other
        }
    }

    /// Decodes the image.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the file ends early, and
    ///   ``FormatError/Code-swift.struct/corrupt`` when libjpeg meets data that cannot be right.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard index == 0, bytes.byteCount == frames[0].byteCount else {
            throw FormatError(
                .invalidRequest, file: name, expected: "frame 0 and \(frames[0].byteCount) bytes",
                found: "frame \(index) and \(bytes.byteCount) bytes")
        }
        var samples = unsafe bytes._unsafeMutableView(as: UInt8.self)
        if let orientation, orientation.value != 1 {
            var stored = [UInt8](repeating: 0, count: samples.count)
            var span = stored.mutableSpan
            try decode(into: &span)
            orientation.apply(
                stored.span, to: &samples, width: storedSize.width, height: storedSize.height,
                pixelBytes: header.components)
        } else {
            try decode(into: &samples)
        }
        // Adobe's marker goes with CMYK whose samples are stored inverted.
        if outputColor == .cmyk && header.isAdobe {
            for i in 0..<samples.count { samples[i] = 255 - samples[i] }
        }
    }

    private func decode(into samples: inout MutableSpan<UInt8>) throws(FormatError) {
        do throws(JPEGFailure) {
            try JPEGDecompressor().decode(
                data.span, output: outputColor, denominator: denominator, isStrict: true, into: &samples,
                width: storedSize.width, height: storedSize.height, rowStride: storedSize.width * header.components)
        } catch {
            throw error.located(file: name, place: "scan data")
        }
    }
}
