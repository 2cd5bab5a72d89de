import Formats
import ImageCore
import Synchronization

/// The decoded tiles of one level that the patches at work need.
///
/// Tiles are added and dropped by one thread; between that, many threads decode different tiles, then many read them.
final class TileTable: Sendable {
    /// One tile: its samples and how its decoding went.
    final class Tile: Sendable {
        let column: Int
        let row: Int
        let buffer: SampleBuffer
        private let outcome = Mutex<Result<TileState, FormatError>?>(nil)

        init(column: Int, row: Int, buffer: SampleBuffer) {
            self.column = column
            self.row = row
            self.buffer = buffer
        }

        /// How decoding went; `nil` before.
        var result: Result<TileState, FormatError>? { outcome.withLock { $0 } }

        func finish(_ result: Result<TileState, FormatError>) { outcome.withLock { $0 = result } }
    }

    let slide: any Slide
    let levelIndex: Int
    let level: SlideLevel
    private let pool: SampleBufferPool
    private let live = Mutex<[Int: Tile]>([:])

    init(slide: any Slide, levelIndex: Int) {
        self.slide = slide
        self.levelIndex = levelIndex
        level = slide.levels[levelIndex]
        pool = SampleBufferPool(bufferSize: level.tileSize.width * level.tileSize.height * 3)
    }

    /// Bytes of one decoded tile.
    var bytesPerTile: Int { pool.bufferSize }

    /// The tiles that a rectangle of the level touches; empty outside the level.
    func keys(touching rect: PixelRect) -> [Int] {
        let inside = rect.intersection(level.size.bounds)
        guard !inside.isEmpty else { return [] }
        let columns = inside.x / level.tileSize.width...(inside.maxX - 1) / level.tileSize.width
        let rows = inside.y / level.tileSize.height...(inside.maxY - 1) / level.tileSize.height
        return rows.flatMap { row in columns.map { row * level.columns + $0 } }
    }

    /// Makes room for tiles that are not there yet, and gives these back to be decoded.
    func add(_ keys: some Sequence<Int>) -> [Tile] {
        live.withLock { live in
            keys.compactMap { key in
                guard live[key] == nil else { return nil }
                let (row, column) = key.quotientAndRemainder(dividingBy: level.columns)
                let tile = Tile(column: column, row: row, buffer: pool.take())
                live[key] = tile
                return tile
            }
        }
    }

    /// Drops the tiles that nobody needs any more; their memory is used again.
    func drop(where isDone: (Int) -> Bool) {
        live.withLock { live in
            for (key, tile) in live where isDone(key) {
                pool.giveBack(tile.buffer)
                live[key] = nil
            }
        }
    }

    /// A snapshot for threads that only read.
    func snapshot() -> [Int: Tile] { live.withLock { $0 } }

    /// Decodes one tile.
    func decode(_ tile: Tile) {
        let result = Result<TileState, FormatError> { () throws(FormatError) in
            try tile.buffer.write { (samples: inout MutableSpan<UInt8>) throws(FormatError) in
                try slide.readTile(level: levelIndex, column: tile.column, row: tile.row, into: &samples)
            }
        }
        tile.finish(result)
    }
}
