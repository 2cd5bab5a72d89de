import ImageCore

/// An open PNG file.
///
/// Samples of 1, 2 and 4 bits are scaled to 8 bits (PNG standard, section 13.12), 16 bits are kept; gray lies as
/// `[.y, .x]`, everything else as `[.y, .x, .channel]`. A palette becomes RGB, or RGBA when some color has an opacity; on
/// request (``ReadOptions/Palette``) the indices stay as labels and the palette goes to the metadata (`palette`: red,
/// green, blue of each index; `paletteOpacity`). A transparent color of gray or RGB images becomes a channel of opacity.
///
/// Metadata: `icc`, `exif`, `orientation` (1 to 8, as EXIF says), `gamma`, `chromaticities` (white, red, green, blue; x, y each), `srgbIntent`,
/// `significantBits`, `modificationTime` and `text.<keyword>`; chunks larger than 64 MB in all are left out. The
/// resolution becomes the geometry when its unit is the metre.
public struct PNGReader: ImageReader {
    /// `PNG`.
    public var formatName: String { "PNG" }
    /// One frame.
    public let frames: [FrameInfo]
    private let source: ByteSource
    private let layout: LibPNG.Layout
    /// How the pixels are to be turned; `nil` leaves them as they are stored.
    private let orientation: EXIFOrientation?

    /// Opens a file: reads everything but the pixels.
    ///
    /// - Throws: ``FormatError`` for a file that is truncated, breaks the rules of the format or passes the limits.
    public init(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) {
        let structure = try PNGStructure(source, limits: options.limits)
        let keepsIndices = structure.header.colorType == .palette && options.palette == .labels
        let frame = Self.describe(structure, keepsIndices: keepsIndices)
        try options.limits.check(
            width: structure.header.width, height: structure.header.height,
            bytesPerPixel: frame.kind.byteCount * Self.channels(frame), file: source.name, place: "IHDR")
        self.source = source
        orientation = options.appliesOrientation ? Self.orientation(frame) : nil
        frames = [orientation.map { frame.turned($0) } ?? frame]
        let expands = structure.header.colorType == .palette && !keepsIndices
        layout = LibPNG.Layout(
            header: structure.header, channels: Self.channels(frame), palette: expands ? structure.paletteRGBA : nil,
            paletteCount: (structure.palette?.count ?? 0) / 3)
    }

    /// Decodes the image into memory in C order.
    ///
    /// - Throws: ``FormatError``: `corrupt` with the row and the reason, `invalidRequest` for a frame other than 0.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard index == 0 else {
            throw FormatError(.invalidRequest, file: source.name, expected: "frame 0", found: "frame \(index)")
        }
        precondition(bytes.byteCount == frames[0].byteCount, "memory of the frame's size")
        guard let orientation else { return try LibPNG.read(source, layout, into: &bytes) }
        var stored = [UInt8](repeating: 0, count: bytes.byteCount)
        var storedSpan = stored.mutableSpan
        var storedBytes = unsafe storedSpan.mutableBytes
        try LibPNG.read(source, layout, into: &storedBytes)
        var upright = unsafe bytes._unsafeMutableView(as: UInt8.self)
        let (width, height) = (layout.header.width, layout.header.height)
        orientation.apply(
            stored.span, to: &upright, width: width, height: height, pixelBytes: stored.count / (width * height))
    }

    private static func orientation(_ frame: FrameInfo) -> EXIFOrientation? {
        guard case .integer(let value) = frame.metadata["orientation"], value != 1 else { return nil }
        return EXIFOrientation(value: value)
    }

    private static func channels(_ frame: FrameInfo) -> Int { frame.sizes.count == 3 ? frame.sizes[2] : 1 }

    private static func describe(_ structure: PNGStructure, keepsIndices: Bool) -> FrameInfo {
        let header = structure.header
        let color = keepsIndices ? .labels : color(header.colorType, hasAlpha: structure.transparency != nil)
        var metadata = structure.metadata
        if keepsIndices {
            metadata["palette"] = structure.palette.map { .bytes($0) }
            metadata["paletteOpacity"] = structure.transparency.map { .bytes($0) }
        }
        if case .bytes(let exif) = metadata["exif"], let found = EXIFOrientation(exif: exif) {
            metadata["orientation"] = .integer(found.value)
        }
        let channels = color.channelCount ?? 1
        let plane = [header.height, header.width]
        let is16 = header.bitDepth == 16
        return FrameInfo(
            axes: channels == 1 ? [.y, .x] : [.y, .x, .channel], sizes: channels == 1 ? plane : plane + [channels],
            kind: is16 ? .uint16 : .uint8, color: color,
            domain: keepsIndices ? .labels : .integer(bits: is16 ? 16 : 8),
            geometry: structure.mpp.map { Geometry(mppX: $0.x, mppY: $0.y) }, metadata: metadata)
    }

    private static func color(_ type: PNGHeader.ColorType, hasAlpha: Bool) -> ColorModel {
        switch type {
        case .gray: hasAlpha ? .grayAlpha : .gray
        case .grayAlpha: .grayAlpha
        case .rgb, .palette: hasAlpha ? .rgba : .rgb
        case .rgba: .rgba
        }
    }
}

extension FrameInfo {
    /// The description after the pixels were turned.
    fileprivate func turned(_ orientation: EXIFOrientation) -> FrameInfo {
        var result = self
        result.metadata["orientation"] = .integer(1)
        if orientation.swapsAxes {
            result.sizes.swapAt(0, 1)
            result.geometry = geometry.map { Geometry(mppX: $0.mpp.y, mppY: $0.mpp.x) }
        }
        return result
    }
}
