public import ImageCore

/// A whole-slide image: a pyramid of levels that are stored in tiles, decoded to RGB without premultiplied alpha.
///
/// Coordinates of a level are its own pixels from its top-left corner; slide coordinates are those of level 0.
/// Any number of threads may read at once.
public protocol Slide: AnyObject, Sendable {
    /// The file's path.
    var path: String { get }
    /// The format's name, for example `Aperio SVS`.
    var formatName: String { get }
    /// Who decodes: `tessera` or `openslide` with its version.
    var engineName: String { get }
    /// The levels, largest first; never empty.
    var levels: [SlideLevel] { get }
    /// Micrometres per pixel of level 0, and where they come from.
    var resolution: SlideResolution? { get }
    /// The objective's magnification, and where it comes from.
    var objective: SlideObjective? { get }
    /// What the file says, under the names that OpenSlide made common (`aperio.AppMag`, `tiff.ImageDescription`, …).
    var properties: Metadata { get }
    /// The color of places that the file does not store: white glass under bright light, black in fluorescence.
    var background: RGBColor { get }
    /// The color profile of the pixels, not applied.
    var iccProfile: [UInt8]? { get }
    /// Names of the pictures that come with the slide: `label`, `macro`, `thumbnail`.
    var associatedImageNames: [String] { get }

    /// Tiles kept for reads that cross tiles; `nil` decodes them anew each time.
    var tileCache: SlideTileCache? { get }

    /// Decodes one of the pictures that come with the slide, as RGB.
    ///
    /// - Throws: ``FormatError``; ``FormatError/Code-swift.struct/invalidRequest`` for a name that does not exist.
    func associatedImage(_ name: String) throws(FormatError) -> Image<UInt8>

    /// Decodes one tile of a level into `tileSize.width × tileSize.height × 3` interleaved samples.
    ///
    /// Pixels beyond the level's edge and pixels that the file does not store get the background color.
    /// - Parameters:
    ///   - level: Index into ``levels``.
    ///   - column: Column of the tile, below ``SlideLevel/columns``.
    ///   - row: Row of the tile, below ``SlideLevel/rows``.
    ///   - samples: The memory to fill; undefined after an error.
    /// - Returns: Whether the file stores the tile.
    /// - Throws: ``FormatError`` naming level and tile when the tile is corrupt or cannot be read.
    func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>
    ) throws(FormatError) -> TileState

    /// Decodes one tile, and says of each of its pixels whether it comes from the file.
    ///
    /// - Parameters:
    ///   - level: Index into ``levels``.
    ///   - column: Column of the tile.
    ///   - row: Row of the tile.
    ///   - samples: As for ``readTile(level:column:row:into:)``.
    ///   - validity: `tileSize.width × tileSize.height` values; false beyond the level's edge and where nothing is stored.
    /// - Returns: Whether the file stores the tile.
    /// - Throws: as ``readTile(level:column:row:into:)``.
    func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>, validity: inout MutableSpan<Bool>
    ) throws(FormatError) -> TileState
}

extension Slide {
    /// Nothing is kept.
    public var tileCache: SlideTileCache? { nil }

    /// Decodes one tile; all its pixels inside the level are valid when the file stores it.
    public func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>, validity: inout MutableSpan<Bool>
    ) throws(FormatError) -> TileState {
        let state = try readTile(level: level, column: column, row: row, into: &samples)
        let (size, tile) = (levels[level].size, levels[level].tileSize)
        let columns = state == .stored ? min(tile.width, size.width - column * tile.width) : 0
        let rows = min(tile.height, size.height - row * tile.height)
        for y in 0..<tile.height {
            let start = y * tile.width
            let inside = y < rows ? columns : 0
            setSamples(&validity, start..<start + inside, to: true)
            setSamples(&validity, start + inside..<start + tile.width, to: false)
        }
        return state
    }
}

/// One level of a slide.
public struct SlideLevel: Sendable, Hashable {
    /// Width and height in pixels of this level.
    public var size: PixelSize
    /// How many pixels of level 0 one pixel stands for, snapped to the integer that the sizes stand for.
    public var downsample: Double
    /// Size of the tiles that the level is read in.
    public var tileSize: PixelSize

    /// A level by its parts.
    public init(size: PixelSize, downsample: Double, tileSize: PixelSize) {
        self.size = size
        self.downsample = downsample
        self.tileSize = tileSize
    }

    /// Number of tiles side by side.
    public var columns: Int { (size.width + tileSize.width - 1) / tileSize.width }
    /// Number of tiles one below the other.
    public var rows: Int { (size.height + tileSize.height - 1) / tileSize.height }
}

/// Micrometres per pixel of level 0, and where they come from.
public struct SlideResolution: Sendable, Hashable {
    /// Along x.
    public var mppX: Double
    /// Along y.
    public var mppY: Double
    /// The property or rule that gave the numbers, for example `aperio.MPP`.
    public var source: String

    /// A resolution by its parts.
    public init(mppX: Double, mppY: Double, source: String) {
        self.mppX = mppX
        self.mppY = mppY
        self.source = source
    }

    /// A resolution that a file states, or `nil` for numbers that no microscope has (below 0.001 or above 10,000).
    init?(stated mppX: Double, _ mppY: Double, source: String) {
        let plausible = 0.001...10_000
        guard plausible.contains(mppX), plausible.contains(mppY) else { return nil }
        self.init(mppX: mppX, mppY: mppY, source: source)
    }

    /// The mean of both directions.
    public var mpp: Double { (mppX + mppY) / 2 }
}

/// The objective's magnification, and where it comes from.
public struct SlideObjective: Sendable, Hashable {
    /// For example 20 or 40.
    public var magnification: Double
    /// The property that gave the number.
    public var source: String

    /// An objective by its parts.
    public init(magnification: Double, source: String) {
        self.magnification = magnification
        self.source = source
    }
}

/// Whether a file stores a tile.
public enum TileState: Sendable, Hashable {
    /// The pixels come from the file.
    case stored
    /// The file has no such tile; the pixels are background.
    case missing
}
