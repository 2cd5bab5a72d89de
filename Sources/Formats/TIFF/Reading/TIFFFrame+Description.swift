import CTIFFShim
import ImageCore

extension TIFFFrame {
    /// Reads what the current directory of a handle says.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded`` for sizes that cannot even be counted. What cannot be
    ///   decoded but described goes to ``FrameInfo/problem``.
    init(_ handle: LibTIFF, index: Int, file: String, options: ReadOptions) throws(FormatError) {
        let tags = handle.describe()
        let place = "directory \(index)"
        try Self.checkCountable(tags, file: file, place: place)
        var problem = Self.unsupported(tags)
        let source = Self.source(tags)
        if problem == nil, source == .rgba { problem = handle.rgbaProblem() }
        let stored = Self.storedSamples(tags)
        let color = Self.color(tags, source: source)
        let isPalette = tags.photometric == 3 && tags.samples_per_pixel == 1
        let map = isPalette ? handle.colorMap(bits: Int(tags.bits_per_sample)) : nil
        if isPalette && map == nil { problem = problem ?? "a palette image without its palette" }

        self.tags = tags
        self.index = index
        self.source = source
        unpacking = stored?.unpacking ?? .copy
        storedKind = source == .rgba ? .uint8 : stored?.kind ?? .uint8
        palette = options.palette == .expand ? map.map { TIFFPalette(entries: $0) } : nil
        invertedBits = tags.photometric == 0 && tags.sample_format == 1 ? Int(tags.bits_per_sample) : nil
        premultipliedBits = Self.premultipliedBits(tags, color: color)
        orientation = options.appliesOrientation ? EXIFOrientation(value: Int(tags.orientation)) : nil
        var info = Self.info(
            tags, kind: palette?.kind ?? storedKind, color: isPalette ? (palette == nil ? .labels : .rgb) : color,
            source: source, orientation: orientation)
        info.metadata = Self.metadata(handle, tags, map: palette == nil ? map : nil, orientation: orientation)
        info.problem = Self.problem(info, tags, unsupported: problem, file: file, place: place, options.limits)
        self.info = info
    }

    /// Sizes whose product passes 64 bits end here: nothing behind could count them.
    private static func checkCountable(_ tags: ctiff_page, file: String, place: String) throws(FormatError) {
        let (pixels, tooMany) = Int(tags.width).multipliedReportingOverflow(by: Int(tags.height))
        // 8 bytes at most for each of 65,535 samples at most, or 6 for a palette's color.
        let (_, tooLarge) = pixels.multipliedReportingOverflow(by: 8 * max(3, Int(tags.samples_per_pixel)))
        let found = "\(tags.width) x \(tags.height) pixels of \(tags.samples_per_pixel) samples"
        guard tags.width > 0, tags.height > 0, tags.samples_per_pixel > 0 else {
            throw FormatError(.corrupt, file: file, place: place, expected: "a size above 0", found: found)
        }
        guard !tooMany, !tooLarge else {
            throw FormatError(.limitExceeded, file: file, place: place, expected: "an image for memory", found: found)
        }
    }

    private static func problem(
        _ info: FrameInfo, _ tags: ctiff_page, unsupported: String?, file: String, place: String, _ limits: DecodeLimits
    ) -> FormatError? {
        if let unsupported { return FormatError(.unsupported, file: file, place: place, found: unsupported) }
        do throws(FormatError) {
            let pixelBytes = info.byteCount / (Int(tags.width) * Int(tags.height))
            try limits.check(
                width: Int(tags.width), height: Int(tags.height), bytesPerPixel: pixelBytes, file: file, place: place)
            let together = tags.planar_configuration == 2 ? 1 : Int(tags.samples_per_pixel)
            let samples = together * max(1, (Int(tags.bits_per_sample) + 7) / 8)
            try limits.check(
                width: Int(tags.piece_width), height: Int(tags.piece_height), bytesPerPixel: max(4, samples),
                file: file, place: "\(place), size of a \(tags.is_tiled != 0 ? "tile" : "strip")")
            return nil
        } catch {
            return error
        }
    }

    private static func info(
        _ tags: ctiff_page, kind: ScalarKind, color: ColorModel, source: Source, orientation: EXIFOrientation?
    ) -> FrameInfo {
        let swaps = orientation?.swapsAxes ?? false
        let plane = swaps ? [Int(tags.width), Int(tags.height)] : [Int(tags.height), Int(tags.width)]
        let channels = color == .rgb ? 3 : Int(tags.samples_per_pixel)
        return FrameInfo(
            axes: channels == 1 ? [.y, .x] : [.y, .x, .channel], sizes: channels == 1 ? plane : plane + [channels],
            kind: kind, color: color, domain: domain(tags, kind: kind, color: color, source: source),
            geometry: geometry(tags, swapsAxes: swaps))
    }

    private static func domain(
        _ tags: ctiff_page, kind: ScalarKind, color: ColorModel, source: Source
    ) -> ValueDomain {
        if color == .labels { return .labels }
        if kind.isFloatingPoint || kind.isSigned { return .unspecified }
        let isConverted = source == .rgba || tags.photometric == 3
        return .integer(bits: isConverted ? kind.byteCount * 8 : Int(tags.bits_per_sample))
    }

    private static func geometry(_ tags: ctiff_page, swapsAxes: Bool) -> Geometry? {
        let micrometres: Double? = [2: 25_400, 3: 10_000][tags.resolution_unit]
        let (x, y) = (Double(tags.x_resolution), Double(tags.y_resolution))
        guard let micrometres, x.isFinite, y.isFinite, x > 0, y > 0 else { return nil }
        return swapsAxes
            ? Geometry(mppX: micrometres / y, mppY: micrometres / x)
            : Geometry(mppX: micrometres / x, mppY: micrometres / y)
    }
}
