/// Decodes the JPEG tiles of one TIFF directory to RGB: a handle for one thread at a time.
///
/// TIFF says beside the stream what its components are, and keeps tables that all tiles share in a tag of its own; neither
/// is in the stream. Tiles may also bring tables of their own; these never reach another tile.
///
/// Unchecked: a ``HandlePool`` lends it to one user at a time.
package final class JPEGTileDecoder: @unchecked Sendable {
    private let decompressor: JPEGDecompressor
    private let tables: [UInt8]
    /// Whether the handle holds the shared tables and nothing else.
    private var isClean = false

    /// A decoder with shared tables: the content of TIFF's tag JPEGTables, empty for none.
    ///
    /// - Throws: when the tables are corrupt.
    package init(tables: [UInt8] = []) throws(JPEGFailure) {
        self.tables = tables
        decompressor = try JPEGDecompressor()
        try loadTables()
    }

    private func loadTables() throws(JPEGFailure) {
        let tables = tables
        if !tables.isEmpty { try decompressor.loadTables(tables.span) }
        isClean = true
    }

    /// Decodes one tile to interleaved RGB rows: ISLOW transform, fancy upsampling.
    ///
    /// - Parameters:
    ///   - data: The stream.
    ///   - stored: What TIFF says that the components are.
    ///   - samples: Memory for `height` rows of `width` pixels with three samples.
    ///   - width: The tile's width; a stream may be smaller, not larger.
    ///   - height: The tile's height; a stream may be smaller, not larger.
    ///   - rowStride: Samples between the starts of rows.
    /// - Returns: The size of the stream's image.
    /// - Throws: when the stream is corrupt; the handle stays good.
    package func decode(
        _ data: Span<UInt8>, stored: JPEGColor, into samples: inout MutableSpan<UInt8>, width: Int, height: Int,
        rowStride: Int
    ) throws(JPEGFailure) -> (width: Int, height: Int) {
        if !isClean {
            try decompressor.reset()
            try loadTables()
        }
        isClean = false
        let header = try decompressor.decode(
            data, stored: stored, output: .rgb, isStrict: false, into: &samples, width: width, height: height,
            rowStride: rowStride)
        isClean = !JPEGMarkers(data, collectsBlocks: false).definesTables
        return (header.width, header.height)
    }
}
