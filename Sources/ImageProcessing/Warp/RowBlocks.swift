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
