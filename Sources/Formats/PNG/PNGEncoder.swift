public import ImageCore

/// Writes PNG files: gray, gray with opacity, RGB and RGBA of 8 or 16 bits, labels with or without a palette, and masks
/// of 1 bit.
///
/// The same image gives the same bytes on every machine. A geometry is written as resolution (pHYs), the metadata `icc`
/// and `exif` as iCCP and eXIf.
///
/// ```swift
/// try PNGEncoder(level: 6).write(picture, to: "patch.png")
/// ```
public struct PNGEncoder: Sendable, Hashable {
    /// 0 (stored) to 9 (smallest), by libdeflate.
    public var level: Int
    /// How rows are predicted; images with a palette and masks are always written without.
    public var filter: PNGFilter
    /// Red, green and blue of each label, for images of one channel of `UInt8`; otherwise the metadata `palette` counts.
    public var palette: [UInt8]?

    /// An encoder with its options.
    ///
    /// - Precondition: a level from 0 to 9.
    public init(level: Int = 6, filter: PNGFilter = .adaptive, palette: [UInt8]? = nil) {
        precondition((0...9).contains(level), "a level from 0 to 9")
        self.level = level
        self.filter = filter
        self.palette = palette
    }

    /// The bytes of a PNG file of an image of `Bool`, `UInt8` or `UInt16`.
    ///
    /// The image has the axes y and x, and channels or none, in any order.
    /// - Throws: ``FormatError``: `unsupported` for other scalars, axes, colors or channels, `invalidRequest` for an empty
    ///   image or a label beyond the palette.
    public func encode(_ image: AnyImage) throws(FormatError) -> [UInt8] {
        switch image {
        case .bool(let image): return try encode(image)
        case .uint8(let image): return try encode(image)
        case .uint16(let image): return try encode(image)
        case .int8, .int16, .int32, .int64, .uint32, .uint64, .float16, .float32, .float64:
            throw FormatError(
                .unsupported, file: PNGTarget.name, expected: "samples of bool, uint8 or uint16",
                found: image.kind.rawValue)
        }
    }

    /// The bytes of a PNG file of 8-bit samples; see ``encode(_:)-(AnyImage)``.
    public func encode(_ image: Image<UInt8>) throws(FormatError) -> [UInt8] {
        let picture = try image.arrangedForPNG()
        var palette = palette
        if palette == nil, picture.color == .labels, case .bytes(let colors) = picture.metadata["palette"] {
            palette = colors
        }
        let target = try PNGTarget(picture, bitDepth: 8, palette: palette)
        if let palette { try picture.samples.check(paletteCount: palette.count / 3) }
        return try encode(target) { y, row in
            copyRow(picture.samples, from: y * row.count, into: &row)
        }
    }

    /// The bytes of a PNG file of 16-bit samples; see ``encode(_:)-(AnyImage)``.
    public func encode(_ image: Image<UInt16>) throws(FormatError) -> [UInt8] {
        let picture = try image.arrangedForPNG()
        return try encode(try PNGTarget(picture, bitDepth: 16)) { y, row in
            swapRow(picture.samples, from: y * (row.count / 2), into: &row)
        }
    }

    /// The bytes of a PNG file of a mask: gray of 1 bit, white where it holds; see ``encode(_:)-(AnyImage)``.
    public func encode(_ image: Image<Bool>) throws(FormatError) -> [UInt8] {
        let picture = try image.arrangedForPNG()
        guard picture.channels == 1 else {
            throw FormatError(
                .unsupported, file: PNGTarget.name, expected: "a mask of 1 channel", found: "\(picture.channels)")
        }
        let width = picture.width
        return try encode(try PNGTarget(picture, bitDepth: 1)) { y, row in
            packRow(picture.samples, from: y * width, count: width, into: &row)
        }
    }

    /// The bytes of a PNG file of interleaved 8-bit samples in memory.
    ///
    /// - Parameters:
    ///   - samples: Rows of pixels; the last row may end with its last pixel.
    ///   - width: Pixels in a row.
    ///   - height: Rows.
    ///   - channels: 1 gray (or labels, with a palette), 2 gray and opacity, 3 RGB, 4 RGBA.
    ///   - rowStride: Samples from one row to the next; `nil` when there is no gap.
    /// - Returns: The file.
    /// - Throws: ``FormatError`` for an empty size, other channels or a label beyond the palette.
    /// - Precondition: as many samples as the sizes say.
    public func encode(
        _ samples: Span<UInt8>, width: Int, height: Int, channels: Int, rowStride: Int? = nil
    ) throws(FormatError) -> [UInt8] {
        let target = try PNGTarget(width: width, height: height, channels: channels, bitDepth: 8, palette: palette)
        let stride = rowStride ?? width * channels
        precondition(stride >= width * channels, "a row stride that holds a row")
        precondition(samples.count >= (height - 1) * stride + width * channels, "samples of the stated size")
        if let palette {
            for y in 0..<height {
                try samples.extracting(y * stride..<y * stride + width).check(paletteCount: palette.count / 3)
            }
        }
        return try encode(target) { y, row in copyRow(samples, from: y * stride, into: &row) }
    }

    private func encode(
        _ target: PNGTarget, row: (Int, inout MutableSpan<UInt8>) -> Void
    ) throws(FormatError) -> [UInt8] {
        var file = PNGChunkWriter()
        try file.appendHead(target, level: level)
        let isPlain = target.palette != nil || target.bitDepth < 8
        var rows = PNGRowFilter(isPlain ? .none : filter, rowBytes: target.rowBytes, pixelBytes: target.pixelBytes)
        var filtered: [UInt8] = []
        filtered.reserveCapacity((target.rowBytes + 1) * target.height)
        for y in 0..<target.height { rows.append(to: &filtered) { row(y, &$0) } }
        file.appendPixels(try PNGDeflate.deflate(filtered, level: level))
        return file.bytes
    }
}
