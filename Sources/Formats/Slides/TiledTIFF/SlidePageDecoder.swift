import ImageCore

/// Decodes the tiles of one page to RGB; any number of threads at once, each with buffers and a codec of its own.
final class SlidePageDecoder: Sendable {
    let page: SlidePage
    let source: ByteSource
    let background: RGBColor
    /// For errors: `level 2`, `label`.
    let name: String
    private let compression: SlideCompression
    private let offsets: [Int]
    private let byteCounts: [Int]
    private let jpegTables: [UInt8]
    private let pool = HandlePool<SlideTileWorker>()

    /// Reads where the tiles lie.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` when the pixels cannot be decoded here.
    init(
        _ page: SlidePage, of file: SlideTIFFFile, name: String, background: RGBColor
    ) throws(FormatError) {
        // OpenSlide would read such pages, and show one channel cut to 8 bits as if it were the picture.
        if let refusal = page.sampleRefusal {
            throw FormatError(
                .unsupportedSamples, file: file.source.name, place: name, expected: "8-bit gray, RGB or RGBA samples",
                found: refusal)
        }
        guard let compression = SlideCompression(rawValue: page.compressionNumber), page.refusal == nil else {
            throw FormatError(.unsupported, file: file.source.name, place: name, found: page.refusal ?? "")
        }
        let count = page.columns * page.rows
        let tags =
            page.isTiled
            ? (SlideTag.tileOffsets, SlideTag.tileByteCounts) : (SlideTag.stripOffsets, SlideTag.stripByteCounts)
        offsets = try file.integers(tags.0, of: page.directory, atMost: count) ?? []
        byteCounts = try file.integers(tags.1, of: page.directory, atMost: count) ?? []
        guard offsets.count == count, byteCounts.count == count else {
            throw FormatError(
                .corrupt, file: file.source.name, place: name, expected: "offsets and byte counts of \(count) tiles",
                found: "\(offsets.count) and \(byteCounts.count)")
        }
        jpegTables = compression == .jpeg ? file.blob(SlideTag.jpegTables, of: page.directory) ?? [] : []
        self.page = page
        self.compression = compression
        self.name = name
        self.background = background
        source = file.source
    }

    /// Decodes one tile into `tileSize.width × tileSize.height × 3` samples; see ``Slide/readTile(level:column:row:into:)``.
    func readTile(column: Int, row: Int, into samples: inout MutableSpan<UInt8>) throws(FormatError) -> TileState {
        let tile = page.tileSize
        guard (0..<page.columns).contains(column), (0..<page.rows).contains(row),
            samples.count == tile.width * tile.height * 3
        else {
            throw FormatError(
                .invalidRequest, file: source.name, place: name,
                expected: "a tile below (\(page.columns), \(page.rows)) and \(tile.width * tile.height * 3) samples",
                found: "tile (\(column), \(row)) and \(samples.count) samples")
        }
        let index = row * page.columns + column
        let (offset, byteCount) = (offsets[index], byteCounts[index])
        guard offset != 0, byteCount != 0 else {
            SlideFill.fill(&samples, background)
            return .missing
        }
        let stored = PixelSize(
            width: min(tile.width, page.size.width - column * tile.width),
            height: min(tile.height, page.size.height - row * tile.height))
        do throws(JPEGFailure) {
            try decode(
                offset, byteCount, rows: page.isTiled ? tile.height : stored.height, visible: stored, into: &samples)
        } catch {
            throw error.located(
                file: source.name, place: "\(name), tile (column \(column), row \(row)) at offset \(offset)")
        }
        SlideFill.fillOutside(stored, of: tile, &samples, background)
        return .stored
    }

    private func decode(
        _ offset: Int, _ byteCount: Int, rows: Int, visible: PixelSize, into samples: inout MutableSpan<UInt8>
    ) throws(JPEGFailure) {
        guard offset <= source.count, byteCount <= source.count - offset else {
            throw JPEGFailure(code: .truncated, text: "\(byteCount) bytes expected, the file ends before")
        }
        let rawCount = page.tileSize.width * rows * page.samples
        // Compressed data may exceed the samples a little, and a tile may carry a color profile; nothing needs more.
        guard byteCount <= 2 * rawCount + 1 << 20 else {
            throw JPEGFailure(code: .corrupt, text: "\(byteCount) compressed bytes for \(rawCount) samples")
        }
        let worker = { () throws(JPEGFailure) in
            try SlideTileWorker(compression: self.compression, jpegTables: self.jpegTables)
        }
        var done: Swift.Result<Void, JPEGFailure> = .success(())
        try pool.withHandle(make: worker) { (worker) throws(JPEGFailure) in
            try worker.load(source, offset: offset, byteCount: byteCount)
            do throws(JPEGFailure) {
                try worker.decode(page, rows: rows, visible: visible, background: background, into: &samples)
            } catch {
                done = .failure(error)
            }
        }
        try done.get()
    }
}

extension SlidePageDecoder {
    /// Decodes the whole picture.
    func readAll(limits: DecodeLimits) throws(FormatError) -> Image<UInt8> {
        let (size, tile) = (page.size, page.tileSize)
        try limits.check(width: size.width, height: size.height, bytesPerPixel: 3, file: source.name, place: name)
        var scratch = [UInt8](repeating: 0, count: tile.width * tile.height * 3)
        return try Image(
            axes: [.y, .x, .channel], sizes: [size.height, size.width, 3], color: .rgb, domain: .integer(bits: 8)
        ) { (pixels: inout MutableSpan<UInt8>) throws(FormatError) in
            for row in 0..<page.rows {
                for column in 0..<page.columns {
                    var samples = scratch.mutableSpan
                    _ = try readTile(column: column, row: row, into: &samples)
                    let place = PixelRect(
                        x: column * tile.width, y: row * tile.height, width: tile.width, height: tile.height)
                    SlideFill.copy(scratch.span, at: place, to: &pixels, of: size.bounds, channels: 3)
                }
            }
        }
    }
}
