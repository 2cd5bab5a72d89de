import ImageCore

/// A slide in a tiled TIFF or BigTIFF file, read by Tessera itself.
final class TiledTIFFSlide: Slide {
    static let format = SlideFormat(
        name: "tiled TIFF",
        recognizes: { path in
            guard let source = try? ByteSource(path: path), let file = try? SlideTIFFFile(source, limits: .standard)
            else { return false }
            return file.directories[0].entries[SlideTag.tileOffsets] != nil
        },
        open: { path, limits throws(FormatError) in
            try TiledTIFFSlide(source: ByteSource(path: path), limits: limits)
        })

    let path: String
    let formatName: String
    let engineName = "tessera"
    let levels: [SlideLevel]
    let resolution: SlideResolution?
    let objective: SlideObjective?
    let properties: Metadata
    let background = RGBColor.white
    let iccProfile: [UInt8]?
    let associatedImageNames: [String]
    let tileCache: SlideTileCache? = SlideTileCache()
    private let file: SlideTIFFFile
    private let decoders: [SlidePageDecoder]
    private let associated: [String: SlideTIFFDirectory]

    /// Reads the directories and where the tiles of all levels lie.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` for what OpenSlide may read instead; errors that name the directory.
    init(source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        file = try SlideTIFFFile(source, limits: limits)
        let layout = try SlideLayout.find(in: file)
        path = source.name
        formatName = layout.formatName
        let base = layout.levels[0]
        var decoders: [SlidePageDecoder] = []
        for (i, page) in layout.levels.enumerated() {
            decoders.append(try SlidePageDecoder(page, of: file, name: "level \(i)", background: .white))
        }
        self.decoders = decoders
        levels = layout.levels.map { page in
            SlideLevel(
                size: page.size,
                downsample: SlideDownsample.factor(of: page.size, below: base.size, tile: page.tileSize),
                tileSize: page.tileSize)
        }
        associated = layout.associated
        associatedImageNames = layout.associated.keys.sorted()
        iccProfile = file.blob(SlideTag.iccProfile, of: base.directory)
        resolution = layout.resolution
        objective = layout.objective
        properties = SlideProperties.make(layout, levels, in: file)
    }

    func associatedImage(_ name: String) throws(FormatError) -> Image<UInt8> {
        guard let directory = associated[name] else {
            throw FormatError(
                .invalidRequest, file: path, expected: associatedImageNames.joined(separator: ", "),
                found: "associated image \(name)")
        }
        let page = try SlidePage(directory, of: file)
        return try SlidePageDecoder(page, of: file, name: name, background: background).readAll(limits: file.limits)
    }

    func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>
    ) throws(FormatError) -> TileState {
        guard decoders.indices.contains(level) else {
            throw FormatError(
                .invalidRequest, file: path, expected: "a level below \(decoders.count)", found: "level \(level)")
        }
        return try decoders[level].readTile(column: column, row: row, into: &samples)
    }
}
