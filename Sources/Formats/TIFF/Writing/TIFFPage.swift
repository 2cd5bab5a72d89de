public import ImageCore

/// What one page (directory) of a TIFF file says about its image, before any pixel is written.
public struct TIFFPage: Sendable, Hashable {
    /// How the pixels are cut into pieces that are stored one by one.
    public enum Layout: Sendable, Hashable {
        /// Tiles of one size, multiples of 16; tiles at the right and bottom edge are stored whole.
        case tiles(PixelSize)
        /// Full-width strips of some rows; the last strip stores the rows that are left.
        case strips(rows: Int)
    }

    /// What the samples stand for.
    public enum Photometric: UInt16, Sendable, Hashable {
        /// Gray or labels: 0 is black.
        case minIsBlack = 1
        /// Red, green, blue.
        case rgb = 2
        /// Indices into ``TIFFPage/colorMap``.
        case palette = 3
        /// Cyan, magenta, yellow, black.
        case cmyk = 5
        /// Luma and color differences: for JPEG tiles in the JFIF color space.
        case yCbCr = 6
    }

    /// What the bits of a sample stand for.
    public enum SampleFormat: UInt16, Sendable, Hashable {
        /// Integers from 0.
        case unsigned = 1
        /// Integers in two's complement.
        case signed = 2
        /// IEEE 754.
        case float = 3
    }

    /// What channels beyond those of the photometric stand for.
    public enum ExtraSamples: UInt16, Sendable, Hashable {
        /// Bands without a stated meaning.
        case unspecified = 0
        /// Opacity that the color is not multiplied with.
        case unassociatedAlpha = 2
    }

    /// Width and height in pixels.
    public var size: PixelSize
    /// Tiles or strips.
    public var layout: Layout
    /// Interleaved samples of a pixel.
    public var samplesPerPixel: Int
    /// 1, 8, 16, 32 or 64; with 1, each row of a piece starts at a byte, the first pixel in the highest bit.
    public var bitsPerSample: Int
    /// What the bits stand for.
    public var sampleFormat: SampleFormat
    /// What the samples stand for.
    public var photometric: Photometric
    /// What the channels beyond those of ``photometric`` stand for.
    public var extraSamples: ExtraSamples
    /// How pieces are compressed.
    public var compression: TIFFCompression
    /// Whether each sample is stored as the difference to the one before it in its row; needs deflate.
    public var usesPredictor: Bool
    /// Whether the page is a smaller version of the page before: a level of a pyramid.
    public var isReducedResolution: Bool
    /// Pixels per centimetre along x and y.
    public var pixelsPerCentimetre: (x: Double, y: Double)? {
        get { resolution.map { ($0.x, $0.y) } }
        set { resolution = newValue.map { SIMD2($0.x, $0.y) } }
    }
    private var resolution: SIMD2<Double>?
    /// The text of the ImageDescription tag.
    public var description: String?
    /// The text of the Software tag.
    public var software: String?
    /// The color profile, not applied.
    public var iccProfile: [UInt8]?
    /// All reds, then all greens, then all blues, 16 bits each, 2^bitsPerSample of each; needs ``Photometric/palette``.
    public var colorMap: [UInt16]?
    /// JPEG tables that the tiles refer to (abbreviated streams).
    public var jpegTables: [UInt8]?
    /// Chroma subsampling of ``Photometric/yCbCr`` along x and y: 1, 2 or 4.
    public var chromaSubsampling = PixelSize(width: 2, height: 2)

    /// A page of unsigned 8-bit gray in deflated tiles of 256 × 256 unless said otherwise.
    public init(
        size: PixelSize, layout: Layout = .tiles(PixelSize(width: 256, height: 256)), samplesPerPixel: Int = 1,
        bitsPerSample: Int = 8, sampleFormat: SampleFormat = .unsigned, photometric: Photometric = .minIsBlack,
        extraSamples: ExtraSamples = .unspecified, compression: TIFFCompression = .deflate(),
        usesPredictor: Bool = false, isReducedResolution: Bool = false
    ) {
        self.size = size
        self.layout = layout
        self.samplesPerPixel = samplesPerPixel
        self.bitsPerSample = bitsPerSample
        self.sampleFormat = sampleFormat
        self.photometric = photometric
        self.extraSamples = extraSamples
        self.compression = compression
        self.usesPredictor = usesPredictor
        self.isReducedResolution = isReducedResolution
    }
}

/// How the pieces of a TIFF page are compressed.
public enum TIFFCompression: Sendable, Hashable {
    /// Not at all.
    case none
    /// zlib streams made by libdeflate, at a level from 1 (fast) to 12 (small).
    case deflate(level: Int = 6)
    /// JPEG streams that the caller brings, one for each tile.
    case jpeg

    var tagValue: UInt16 {
        switch self {
        case .none: 1
        case .jpeg: 7
        case .deflate: 8
        }
    }
}

/// Which of the two file structures is written.
public enum TIFFFileStructure: Sendable, Hashable {
    /// Classic TIFF while everything lies below 4 GiB, else BigTIFF; decided when the file is finished.
    case automatic
    /// BigTIFF.
    case big
    /// Classic TIFF; a file that grows beyond 4 GiB is an error.
    case classic
}
