import Dispatch
public import Formats
public import ImageCore
import Synchronization

/// Writes a pyramidal slide of any size from real tissue: JPEG tiles of 256 × 256 pixels, YCbCr 4:2:0, BigTIFF when needed.
///
/// Tiles that lie inside tissue or glass are encoded once and written wherever they occur; those at the outlines, and those
/// of the lower levels, are encoded one by one. Memory holds one row of tiles and the bank of pieces.
public struct SlideGenerator: Sendable {
    private let recipe: SlideRecipe
    private let scene: SlideScene
    private let encoder: JPEGEncoder

    /// Prepares the pieces.
    ///
    /// - Parameters:
    ///   - recipe: What to make.
    ///   - tissue: A picture to cut tissue out of: RGB with axes y, x, channel, at least 1024 pixels each way.
    public init(recipe: SlideRecipe, tissue: Image<UInt8>) {
        let random = KeyedRandom(seed: recipe.seed)
        let picture = tissue.contiguous()
        let samples = (0..<picture.count).map { picture.samples[$0] }
        let bank = TissueBank(samples: samples, width: picture.width, height: picture.height, random: random.keyed(1))
        self.recipe = recipe
        scene = SlideScene(
            width: recipe.size.width, height: recipe.size.height, coverage: recipe.coverage, bank: bank,
            random: random.keyed(2))
        encoder = JPEGEncoder(quality: recipe.quality, subsampling: .s420)
    }

    /// Writes the slide; it appears under its name when it is whole.
    ///
    /// - Throws: ``FormatError`` of the file, for example when the disk is full.
    public func write(to path: String) throws(FormatError) {
        let pages = recipe.levelSizes.indices.map(page)
        let writer = try TIFFPyramidWriter(path: path, pages: pages)
        for (level, page) in pages.enumerated() {
            var encoded = EncodedPieces()
            for row in 0..<page.rows {
                let contents = (0..<page.columns).map { scene.content(level: level, column: $0, row: row) }
                try encode(contents, into: &encoded)
                for (column, content) in contents.enumerated() {
                    try writer.writeTile(page: level, column: column, row: row, compressed: encoded[content])
                }
                encoded.dropMixed()
            }
        }
        try writer.finish()
    }

    private func page(level: Int) -> TIFFPage {
        var page = TIFFPage(
            size: recipe.levelSizes[level], samplesPerPixel: 3, photometric: .yCbCr, compression: .jpeg,
            isReducedResolution: level > 0)
        let pixelsPerCentimetre = 10_000 / (recipe.mpp * Double(1 << level))
        page.pixelsPerCentimetre = (pixelsPerCentimetre, pixelsPerCentimetre)
        if level == 0 {
            page.description = "Tissue of CMU-1-Small-Region.svs, arranged by chance (seed \(recipe.seed))"
        }
        return page
    }

    /// Encodes, on all cores, what of a row of tiles is not encoded yet.
    private func encode(_ contents: [SlideScene.Content], into encoded: inout EncodedPieces) throws(FormatError) {
        let missing = Array(Set(contents.filter { !encoded.contains($0) }))
        let results = Mutex<[SlideScene.Content: Result<[UInt8], FormatError>]>([:])
        DispatchQueue.concurrentPerform(iterations: missing.count) { i in
            let result = Result { () throws(FormatError) in try jpeg(missing[i]) }
            results.withLock { $0[missing[i]] = result }
        }
        for (content, result) in results.withLock({ $0 }) { encoded[content] = try result.get() }
    }

    private func jpeg(_ content: SlideScene.Content) throws(FormatError) -> [UInt8] {
        let side = SlideScene.tile
        return try encoder.encode(
            scene.samples(content).span, width: side, height: side, rowStride: 3 * side, color: .rgb)
    }
}

/// The JPEG streams of a level's tiles.
private struct EncodedPieces {
    private var streams: [SlideScene.Content: [UInt8]] = [:]

    func contains(_ content: SlideScene.Content) -> Bool { streams[content] != nil }

    subscript(content: SlideScene.Content) -> [UInt8] {
        get { streams[content, default: []] }
        set { streams[content] = newValue }
    }

    /// Forgets the tiles that occur once.
    mutating func dropMixed() {
        streams = streams.filter { content, _ in
            if case .piece = content { true } else { false }
        }
    }
}
