import ImageCore

/// The pixels of a row that are worked on at a time: their floats stay in the fastest cache.
struct RowBlocks {
    private let width: Int
    /// Number of blocks in a row.
    let count: Int

    /// Whole vectors of 16 but for the last block.
    private static let length = 512

    init(width: Int) {
        self.width = width
        // What is left beyond whole vectors is a block of its own.
        let whole = width / 16 * 16
        count = (whole + Self.length - 1) / Self.length + (whole < width ? 1 : 0)
    }

    /// The length of the longest block, in whole vectors.
    var longest: Int { min((width + 15) / 16 * 16, Self.length) }

    /// The pixels of a block.
    subscript(block: Int) -> Range<Int> {
        let whole = width / 16 * 16
        let start = min(block * Self.length, whole)
        return start < whole ? start..<min(start + Self.length, whole) : start..<width
    }
}

/// Goes from block to block through the rows of a grid; counting is faster than dividing the number of each block.
struct BlockPlace {
    private let blocks: RowBlocks
    private let height: Int
    private var block: Int
    private var y: Int
    private var z: Int

    /// A block by its number over all rows.
    init(number: Int, _ blocks: RowBlocks, _ size: SpatialSize) {
        self.blocks = blocks
        height = size.y
        let (row, block) = number.quotientAndRemainder(dividingBy: blocks.count)
        self.block = block
        (z, y) = row.quotientAndRemainder(dividingBy: size.y)
    }

    /// The place of its first pixel.
    var start: SIMD3<Int> { SIMD3(blocks[block].lowerBound, y, z) }
    /// Number of its pixels.
    var count: Int { blocks[block].count }

    /// Goes to the next block.
    mutating func advance() {
        block += 1
        guard block == blocks.count else { return }
        (block, y) = (0, y + 1)
        guard y == height else { return }
        (y, z) = (0, z + 1)
    }
}
