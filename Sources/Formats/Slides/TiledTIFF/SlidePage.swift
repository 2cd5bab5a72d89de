import ImageCore

/// How the tiles of a page are compressed.
enum SlideCompression: Int, Sendable {
    case none = 1
    case lzw = 5
    case jpeg = 7
    case deflate = 8
    case packBits = 32773
    case oldDeflate = 32946
}

/// What becomes of a fourth sample.
enum SlideAlpha: Sendable {
    /// There is none, or its meaning is not stated: it is dropped.
    case dropped
    /// The colors are multiplied with it already.
    case premultiplied
    /// The colors are not multiplied with it.
    case straight
}

/// One picture of a TIFF file: a grid of tiles, or of strips taken as tiles as wide as the picture.
struct SlidePage: Sendable {
    let directory: SlideTIFFDirectory
    let size: PixelSize
    let tileSize: PixelSize
    let isTiled: Bool
    let compressionNumber: Int
    let photometric: Int
    let samples: Int
    let bits: [Int]
    let sampleFormat: Int
    let predictor: Int
    let isPlanar: Bool
    let alpha: SlideAlpha

    var columns: Int { (size.width + tileSize.width - 1) / tileSize.width }
    var rows: Int { (size.height + tileSize.height - 1) / tileSize.height }

    /// Largest number of pixels in a tile: more than any scanner or converter writes, and 200 MB when decoded.
    static let tilePixels = 1 << 26

    /// Reads the shape of a page; its offsets stay unread.
    init(_ directory: SlideTIFFDirectory, of file: SlideTIFFFile) throws(FormatError) {
        func value(_ tag: Int, _ fallback: Int) throws(FormatError) -> Int {
            try file.integer(tag, of: directory) ?? fallback
        }
        let place = "directory at offset \(directory.offset)"
        self.directory = directory
        size = PixelSize(width: try value(SlideTag.imageWidth, 0), height: try value(SlideTag.imageLength, 0))
        guard size.width > 0, size.height > 0, max(size.width, size.height) <= file.limits.dimension else {
            throw FormatError(
                size.width > 0 && size.height > 0 ? .limitExceeded : .corrupt, file: file.source.name, place: place,
                expected: "1 to \(file.limits.dimension) pixels along an axis",
                found: "\(size.width) x \(size.height)")
        }
        isTiled = directory.entries[SlideTag.tileOffsets] != nil
        tileSize =
            isTiled
            ? PixelSize(width: try value(SlideTag.tileWidth, 0), height: try value(SlideTag.tileLength, 0))
            : PixelSize(width: size.width, height: min(size.height, try value(SlideTag.rowsPerStrip, size.height)))
        try Self.check(tileSize, size, file, place)
        compressionNumber = try value(SlideTag.compression, 1)
        photometric = try value(SlideTag.photometric, 0)
        samples = try value(SlideTag.samplesPerPixel, 1)
        bits = try file.integers(SlideTag.bitsPerSample, of: directory, atMost: 1024) ?? [1]
        sampleFormat = try value(SlideTag.sampleFormat, 1)
        predictor = try value(SlideTag.predictor, 1)
        isPlanar = try value(SlideTag.planarConfiguration, 1) == 2
        alpha =
            switch try value(SlideTag.extraSamples, 0) {
            case 1: .premultiplied
            case 2: .straight
            default: .dropped
            }
    }

    private static func check(
        _ tile: PixelSize, _ size: PixelSize, _ file: SlideTIFFFile, _ place: String
    ) throws(FormatError) {
        guard tile.width > 0, tile.height > 0 else {
            throw file.corrupt(place, "tiles of \(tile.width) x \(tile.height) pixels")
        }
        let (pixels, overflow) = tile.width.multipliedReportingOverflow(by: tile.height)
        guard !overflow, pixels <= tilePixels else {
            throw FormatError(
                .limitExceeded, file: file.source.name, place: place, expected: "tiles of at most \(tilePixels) pixels",
                found: "\(tile.width) x \(tile.height)")
        }
        let columns = (size.width + tile.width - 1) / tile.width
        let rows = (size.height + tile.height - 1) / tile.height
        // Each tile has an offset of 4 bytes or more in the file, so that absurd numbers cost no memory.
        guard columns * rows <= file.source.count / 4 else {
            throw FormatError(
                .corrupt, file: file.source.name, place: place, expected: "no more tiles than the file has room for",
                found: "\(columns) x \(rows)")
        }
    }

    /// Why the samples are none that a slide's RGB could be made from without loss, or `nil` when they are.
    var sampleRefusal: String? {
        guard bits.allSatisfy({ $0 == 8 }), sampleFormat == 1 else {
            return "\(bits.map { String($0) }.joined(separator: ", ")) bits per sample in format \(sampleFormat)"
        }
        return [1, 3, 4].contains(samples) ? nil : "\(samples) samples per pixel"
    }

    /// Why the pixels cannot be decoded here, or `nil` when they can.
    var refusal: String? {
        guard SlideCompression(rawValue: compressionNumber) != nil else { return "compression \(compressionNumber)" }
        if let sampleRefusal { return sampleRefusal }
        guard !isPlanar || samples == 1 else { return "samples in separate planes" }
        guard predictor == 1 || (predictor == 2 && compressionNumber != SlideCompression.jpeg.rawValue) else {
            return "predictor \(predictor)"
        }
        switch (photometric, samples, compressionNumber) {
        case (0, 1, _), (1, 1, _), (2, 3, _), (6, 3, SlideCompression.jpeg.rawValue): return nil
        case (2, 4, let compression) where compression != SlideCompression.jpeg.rawValue: return nil
        default: return "photometric interpretation \(photometric) with \(samples) samples"
        }
    }
}
