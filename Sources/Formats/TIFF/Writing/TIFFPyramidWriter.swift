public import ImageCore

/// Writes a TIFF file of any number of pages tile by tile, in any order and across pages.
///
/// Only offset and size of each tile are kept in memory (12 bytes a tile). The bytes of the file follow from the order of
/// the calls alone: no time, name or path goes into it. The file appears under its name when ``finish(allowsMissingTiles:)``
/// returns; a writer that is dropped before leaves nothing.
///
/// To compress on several threads, call ``TIFFPage/compress(_:row:)`` there and hand the results to the writer in an order
/// that does not depend on the threads. The writer itself is used by one thread at a time.
///
/// ```swift
/// let page = TIFFPage(size: PixelSize(width: 1000, height: 800))
/// let writer = try TIFFPyramidWriter(path: "mask.tif", pages: [page])
/// for row in 0..<page.rows {
///     for column in 0..<page.columns {
///         let samples = [UInt8](repeating: 1, count: page.pieceByteCount(row: row))
///         try writer.writeTile(page: 0, column: column, row: row, samples: samples.span)
///     }
/// }
/// try writer.finish()
/// ```
public final class TIFFPyramidWriter {
    /// The pages, in the order of the file.
    public let pages: [TIFFPage]
    private let file: AtomicFile
    private let structure: TIFFFileStructure
    private let classicLimit: Int
    private var tiles: [Tiles]

    /// Where the tiles of a page lie; an offset of 0 says that the tile is not stored.
    private struct Tiles {
        var offsets: [UInt64]
        var byteCounts: [UInt32]
    }

    /// Creates the temporary file.
    ///
    /// - Parameters:
    ///   - path: The file's final name.
    ///   - pages: The pages; levels of a pyramid from large to small.
    ///   - structure: Classic TIFF or BigTIFF.
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``; ``FormatError/Code-swift.struct/invalidRequest`` for a
    ///   page that TIFF does not have.
    public convenience init(
        path: String, pages: [TIFFPage], structure: TIFFFileStructure = .automatic
    ) throws(FormatError) {
        try self.init(path: path, pages: pages, structure: structure, classicLimit: Int(UInt32.max))
    }

    /// The same with another limit for classic TIFF than 4 GiB, for tests.
    package init(
        path: String, pages: [TIFFPage], structure: TIFFFileStructure, classicLimit: Int
    ) throws(FormatError) {
        guard !pages.isEmpty else {
            throw FormatError(.invalidRequest, file: path, expected: "at least one page", found: "none")
        }
        for (index, page) in pages.enumerated() {
            guard let problem = page.problem() else { continue }
            throw FormatError(.invalidRequest, file: path, place: "page \(index)", found: "TIFF cannot have \(problem)")
        }
        self.pages = pages
        self.structure = structure
        self.classicLimit = classicLimit
        tiles = pages.map { page in
            let count = page.columns * page.rows
            return Tiles(offsets: Array(repeating: 0, count: count), byteCounts: Array(repeating: 0, count: count))
        }
        file = try AtomicFile(path: path)
        // Room for the larger of the two headers: which one it is shows at the end.
        try file.write([UInt8](repeating: 0, count: 16))
    }

    /// Appends a tile or strip that is compressed already, by ``TIFFPage/compress(_:row:)`` or by a JPEG encoder.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``, for example when the disk is full;
    ///   ``FormatError/Code-swift.struct/limitExceeded`` when a file that must be classic TIFF grows beyond 4 GiB.
    /// - Precondition: the tile exists; its bytes are not empty.
    public func writeTile(page: Int, column: Int, row: Int, compressed: [UInt8]) throws(FormatError) {
        precondition(!compressed.isEmpty && compressed.count <= Int(UInt32.max), "a tile has 1 to 2³² − 1 bytes")
        let index = tileIndex(page, column, row)
        let offset = file.count
        if structure == .classic { try checkClassic(offset + compressed.count) }
        try file.write(compressed)
        tiles[page].offsets[index] = UInt64(offset)
        tiles[page].byteCounts[index] = UInt32(compressed.count)
    }

    /// Compresses and appends a tile or strip.
    ///
    /// - Parameters:
    ///   - page: Index of the page.
    ///   - column: Column of the tile; 0 for strips.
    ///   - row: Row of the tile, or number of the strip.
    ///   - samples: As ``TIFFPage/compress(_:row:)`` takes them.
    /// - Throws: what ``writeTile(page:column:row:compressed:)`` throws.
    public func writeTile(page: Int, column: Int, row: Int, samples: Span<some ImageScalar>) throws(FormatError) {
        try writeTile(page: page, column: column, row: row, compressed: pages[page].compress(samples, row: row))
    }

    /// Lets a tile point to the bytes of another that was written before, of this or of another page.
    ///
    /// - Precondition: both tiles exist, the other one is written, and their pages store tiles alike.
    public func shareTile(
        page: Int, column: Int, row: Int, as other: (page: Int, column: Int, row: Int)
    ) {
        let target = tileIndex(page, column, row)
        let source = tileIndex(other.page, other.column, other.row)
        precondition(tiles[other.page].offsets[source] != 0, "the shared tile is written before")
        precondition(
            pages[page].pieceByteCount(row: row) == pages[other.page].pieceByteCount(row: other.row)
                && pages[page].compression == pages[other.page].compression, "tiles of pages that store them alike")
        tiles[page].offsets[target] = tiles[other.page].offsets[source]
        tiles[page].byteCounts[target] = tiles[other.page].byteCounts[source]
    }

    /// Whether a tile is written or shared already.
    public func hasTile(page: Int, column: Int, row: Int) -> Bool {
        tiles[page].offsets[tileIndex(page, column, row)] != 0
    }

    /// Writes the directories and the header, and gives the file its name.
    ///
    /// - Parameter allowsMissingTiles: Whether tiles may be absent; readers show background there.
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``; ``FormatError/Code-swift.struct/invalidRequest`` for a
    ///   missing tile; ``FormatError/Code-swift.struct/limitExceeded`` when the file must be classic TIFF and is too large.
    public func finish(allowsMissingTiles: Bool = false) throws(FormatError) {
        if !allowsMissingTiles { try checkTiles() }
        try file.write([UInt8](repeating: 0, count: padding(file.count)))
        let start = file.count
        var isBig = structure == .big
        var directories = serializedDirectories(isBig: isBig)
        if !isBig && start + directories.count > classicLimit {
            guard structure == .automatic else { return try checkClassic(start + directories.count) }
            isBig = true
            directories = serializedDirectories(isBig: true)
        }
        try file.write(directories)
        try file.overwrite(Self.header(firstDirectory: start, isBig: isBig), at: 0)
        try file.commit()
    }

    private func serializedDirectories(isBig: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, page) in pages.enumerated() {
            let directory = page.directory(
                offsets: tiles[index].offsets, byteCounts: tiles[index].byteCounts, isBig: isBig)
            bytes += directory.serialized(
                at: file.count + bytes.count, isBig: isBig, isLast: index == pages.count - 1)
        }
        return bytes
    }

    private static func header(firstDirectory: Int, isBig: Bool) -> [UInt8] {
        let mark: [UInt8] = [0x49, 0x49, isBig ? 43 : 42, 0]
        return isBig
            ? mark + [8, 0, 0, 0] + TIFFDirectory.word(firstDirectory, true)
            : mark + TIFFDirectory.word(firstDirectory, false)
    }

    private func checkClassic(_ count: Int) throws(FormatError) {
        guard count > classicLimit else { return }
        throw FormatError(
            .limitExceeded, file: file.path, expected: "at most \(classicLimit) bytes in a classic TIFF",
            found: "\(count) or more; BigTIFF holds them")
    }

    private func checkTiles() throws(FormatError) {
        for (index, page) in pages.enumerated() {
            guard let missing = tiles[index].offsets.firstIndex(of: 0) else { continue }
            throw FormatError(
                .invalidRequest, file: file.path,
                place: "page \(index), tile (\(missing % page.columns), \(missing / page.columns))",
                expected: "every tile before the end", found: "a tile that was not written")
        }
    }

    private func tileIndex(_ page: Int, _ column: Int, _ row: Int) -> Int {
        let columns = pages[page].columns
        precondition(
            column >= 0 && column < columns && row >= 0 && row < pages[page].rows, "the tile lies inside the page")
        return row * columns + column
    }
}
