public import Formats
public import ImageCore
import Synchronization

/// A slide that exists only as a formula: every pixel follows from its level and place, so that tests know what is right.
public final class SyntheticSlide: Slide {
    /// A name for messages.
    public let path = "synthetic"
    /// Not a file format.
    public let formatName = "synthetic"
    /// Nothing is decoded.
    public let engineName = "formula"
    /// The levels, by whole downsamples.
    public let levels: [SlideLevel]
    /// As given.
    public let resolution: SlideResolution?
    /// As given.
    public let objective: SlideObjective?
    /// None.
    public let properties = Metadata()
    /// White.
    public let background = RGBColor.white
    /// None.
    public let iccProfile: [UInt8]? = nil
    /// None.
    public let associatedImageNames: [String] = []
    /// As given.
    public let tileCache: SlideTileCache?
    private let missing: Set<Tile>
    private let corrupt: Set<Tile>
    private let reads = Mutex<[Tile: Int]>([:])

    /// A tile of a level.
    public struct Tile: Hashable, Sendable {
        /// The level.
        public let level: Int
        /// The column.
        public let column: Int
        /// The row.
        public let row: Int

        /// A tile by its place.
        public init(level: Int = 0, column: Int, row: Int) {
            self.level = level
            self.column = column
            self.row = row
        }
    }

    /// A slide of a size with some levels.
    public init(
        width: Int, height: Int, downsamples: [Int] = [1], tileSize: PixelSize = PixelSize(width: 32, height: 24),
        mpp: Double? = 0.5, magnification: Double? = 20, missing: Set<Tile> = [], corrupt: Set<Tile> = [],
        tileCache: SlideTileCache? = nil
    ) {
        levels = downsamples.map {
            SlideLevel(
                size: PixelSize(width: width / $0, height: height / $0), downsample: Double($0), tileSize: tileSize)
        }
        resolution = mpp.map { SlideResolution(mppX: $0, mppY: $0, source: "formula") }
        objective = magnification.map { SlideObjective(magnification: $0, source: "formula") }
        self.tileCache = tileCache
        self.missing = missing
        self.corrupt = corrupt
    }

    /// The color of a pixel of a level.
    public static func pixel(level: Int, x: Int, y: Int) -> [UInt8] {
        let hash = KeyedHash(seed: UInt64(level)).combined(with: UInt64(x)).combined(with: UInt64(y)).value
        return [
            UInt8(truncatingIfNeeded: hash), UInt8(truncatingIfNeeded: hash >> 8), UInt8((x + 3 * y + level) & 0xFF),
        ]
    }

    /// How often each tile was decoded.
    public var readCounts: [Tile: Int] { reads.withLock { $0 } }

    /// There are none.
    public func associatedImage(_ name: String) throws(FormatError) -> Image<UInt8> {
        throw FormatError(.invalidRequest, file: path, expected: "no associated image", found: name)
    }

    /// Works out a tile; counts the call.
    public func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>
    ) throws(FormatError) -> TileState {
        let tile = Tile(level: level, column: column, row: row)
        reads.withLock { $0[tile, default: 0] += 1 }
        if corrupt.contains(tile) {
            throw FormatError(.corrupt, file: path, place: "level \(level), tile \(column), \(row)", found: "rubbish")
        }
        let (size, edge) = (levels[level].tileSize, levels[level].size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let place = (x: column * size.width + x, y: row * size.height + y)
                let isInside = place.x < edge.width && place.y < edge.height && !missing.contains(tile)
                let color = isInside ? Self.pixel(level: level, x: place.x, y: place.y) : [255, 255, 255]
                for channel in 0..<3 { samples[(y * size.width + x) * 3 + channel] = color[channel] }
            }
        }
        return missing.contains(tile) ? .missing : .stored
    }
}
