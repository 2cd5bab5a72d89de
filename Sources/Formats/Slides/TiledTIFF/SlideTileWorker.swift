import ImageCore

/// The buffers and the codec that decode tiles of one page; one thread at a time.
///
/// Unchecked: a ``HandlePool`` lends it to one user at a time.
final class SlideTileWorker: @unchecked Sendable {
    private let jpeg: JPEGTileDecoder?
    private let inflater: ZlibInflater?
    private var lzw = LZWDecoder()
    private let compression: SlideCompression
    private var compressed: [UInt8] = []
    private var raw: [UInt8] = []

    init(compression: SlideCompression, jpegTables: [UInt8]) throws(JPEGFailure) {
        self.compression = compression
        jpeg = compression == .jpeg ? try JPEGTileDecoder(tables: jpegTables) : nil
        inflater = compression == .deflate || compression == .oldDeflate ? ZlibInflater() : nil
    }

    /// Reads the compressed bytes.
    func load(_ source: ByteSource, offset: Int, byteCount: Int) throws(JPEGFailure) {
        do throws(FormatError) {
            try source.read(at: offset, count: byteCount, into: &compressed)
        } catch {
            throw JPEGFailure(code: error.code, text: error.found)
        }
    }

    /// Decodes what was loaded to RGB rows as wide as the tile; a stream may be smaller only beyond the level's edge.
    func decode(
        _ page: SlidePage, rows: Int, visible: PixelSize, background: RGBColor, into samples: inout MutableSpan<UInt8>
    ) throws(JPEGFailure) {
        let compressed = compressed
        if let jpeg {
            let stored: JPEGColor = page.samples == 1 ? .gray : page.photometric == 6 ? .yCbCr : .rgb
            let (width, height) = (page.tileSize.width, page.tileSize.height)
            let size = try jpeg.decode(
                compressed.span, stored: stored, into: &samples, width: width, height: height, rowStride: 3 * width)
            let inside = PixelSize(width: size.width, height: size.height)
            guard inside.width >= visible.width, inside.height >= visible.height else {
                throw JPEGFailure(
                    code: .corrupt,
                    text: "a picture of \(size.width) x \(size.height) in a tile of \(width) x \(height) pixels")
            }
            SlideFill.fillOutside(inside, of: page.tileSize, &samples, background)
            if page.samples == 1 && page.photometric == 0 { SlideSamples.invert(&samples) }
            return
        }
        try expand(rawCount: page.tileSize.width * rows * page.samples)
        if page.predictor == 2 {
            SlideSamples.undoDifferences(&raw, width: page.tileSize.width, channels: page.samples)
        }
        let raw = raw
        SlideSamples.toRGB(raw.span, page, background, &samples)
    }

    private func expand(rawCount: Int) throws(JPEGFailure) {
        if raw.count != rawCount { raw = [UInt8](repeating: 0, count: rawCount) }
        let compressed = compressed
        let written: Int?
        switch compression {
        case .deflate, .oldDeflate: written = inflater?.inflate(compressed, into: &raw)
        case .lzw: written = lzw.decode(compressed.span, into: &raw)
        case .packBits: written = PackBits.decode(compressed.span, into: &raw)
        case .none, .jpeg:
            written = min(compressed.count, rawCount)
            for i in 0..<(written ?? 0) { raw[i] = compressed[i] }
        }
        guard let written else { throw JPEGFailure(code: .corrupt, text: "invalid \(compression) data") }
        guard written == rawCount else {
            throw JPEGFailure(code: .truncated, text: "\(written) samples instead of \(rawCount)")
        }
    }
}

/// From stored samples to RGB.
enum SlideSamples {
    static func invert(_ samples: inout MutableSpan<UInt8>) {
        for i in 0..<samples.count { samples[i] = 255 - samples[i] }
    }

    /// Undoes predictor 2 of TIFF 6.0, section 14: each sample is the difference to its left neighbor.
    static func undoDifferences(_ samples: inout [UInt8], width: Int, channels: Int) {
        var span = samples.mutableSpan
        let rowLength = width * channels
        for row in 0..<(span.count / rowLength) {
            let start = row * rowLength
            for i in start + channels..<max(start + channels, start + rowLength) {
                span[i] = span[i] &+ span[i - channels]
            }
        }
    }

    static func toRGB(
        _ raw: Span<UInt8>, _ page: SlidePage, _ background: RGBColor, _ samples: inout MutableSpan<UInt8>
    ) {
        switch page.samples {
        case 1:
            let flip: UInt8 = page.photometric == 0 ? 255 : 0
            for i in 0..<raw.count {
                let value = raw[i] ^ flip
                samples[3 * i] = value
                samples[3 * i + 1] = value
                samples[3 * i + 2] = value
            }
        case 3: for i in 0..<raw.count { samples[i] = raw[i] }
        default: composeRGBA(raw, page.alpha, background, &samples)
        }
    }

    /// Lays colors with opacity over the background, rounded to the nearest.
    private static func composeRGBA(
        _ raw: Span<UInt8>, _ alpha: SlideAlpha, _ background: RGBColor, _ samples: inout MutableSpan<UInt8>
    ) {
        let behind = [Int(background.red), Int(background.green), Int(background.blue)]
        for i in 0..<raw.count / 4 {
            let opacity = Int(raw[4 * i + 3])
            for channel in 0..<3 {
                let value = Int(raw[4 * i + channel])
                let color: Int =
                    switch alpha {
                    case .dropped: value
                    case .premultiplied: min(255, value + (behind[channel] * (255 - opacity) + 127) / 255)
                    case .straight: (value * opacity + behind[channel] * (255 - opacity) + 127) / 255
                    }
                samples[3 * i + channel] = UInt8(color)
            }
        }
    }
}
