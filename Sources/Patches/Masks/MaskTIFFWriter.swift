import Formats
import ImageCore

/// Writes a mask as tiled pyramidal TIFF, tile by tile: memory does not grow with the mask but for 12 bytes a tile.
struct MaskTIFFWriter {
    let picture: MaskPicture
    let workers: Int

    static let tileSize = PixelSize(width: 512, height: 512)
    /// Tiles that are painted before they are written.
    private static let batch = 256

    /// One painted tile: one label throughout, or compressed bytes.
    private enum Tile: Sendable {
        case constant(Int)
        case painted([UInt8])
    }

    private typealias Place = (page: Int, column: Int, row: Int)

    /// Writes the file.
    ///
    /// - Throws: ``FormatError``; nothing is left of a file that could not be written.
    func write(to path: String, isCancelled: () -> Bool) throws(FormatError) {
        let pages = picture.pyramid.levels.enumerated().map(page)
        let writer = try TIFFPyramidWriter(path: path, pages: pages)
        var constants: [Int: Place] = [:]
        for (number, page) in pages.enumerated() {
            let count = page.columns * page.rows
            for start in stride(from: 0, to: count, by: Self.batch) {
                if isCancelled() { throw FormatError(.interrupted, file: path, found: "interrupted") }
                let tiles = mapInParallel(count: min(Self.batch, count - start), workers: workers) {
                    paint(start + $0, of: page, number: number)
                }
                for (i, tile) in tiles.enumerated() {
                    let (row, column) = (start + i).quotientAndRemainder(dividingBy: page.columns)
                    try append(tile, at: (number, column, row), to: writer, constants: &constants)
                }
            }
        }
        try writer.finish()
    }

    private func page(_ number: Int, _ level: MaskPyramid.Level) -> TIFFPage {
        var page = TIFFPage(
            size: level.size, layout: .tiles(Self.tileSize), bitsPerSample: picture.maxLabel > 255 ? 16 : 8,
            compression: .deflate(level: 6), isReducedResolution: number > 0)
        page.software = "Tessera \(tesseraVersion)"
        if let mpp = picture.mpp {
            let perCentimetre = 10_000 / (mpp * level.downsample / picture.pyramid.levels[0].downsample)
            page.pixelsPerCentimetre = (perCentimetre, perCentimetre)
        }
        return page
    }

    private func paint(_ index: Int, of page: TIFFPage, number: Int) -> Tile {
        let (row, column) = index.quotientAndRemainder(dividingBy: page.columns)
        let (width, height) = (Self.tileSize.width, Self.tileSize.height)
        let rect = PixelRect(x: column * width, y: row * height, width: width, height: height)
        if let label = picture.painters[number].constantLabel(in: rect) { return .constant(label) }
        return .painted(compress(picture.painters[number].labels(in: rect), page: page))
    }

    private func append(
        _ tile: Tile, at place: Place, to writer: TIFFPyramidWriter, constants: inout [Int: Place]
    ) throws(FormatError) {
        let bytes: [UInt8]
        switch tile {
        case .painted(let painted): bytes = painted
        case .constant(let label):
            if let first = constants[label] {
                return writer.shareTile(page: place.page, column: place.column, row: place.row, as: first)
            }
            constants[label] = place
            let sizes = [Self.tileSize.height, Self.tileSize.width]
            bytes = compress(
                Image<UInt16>(axes: [.y, .x], sizes: sizes, repeating: UInt16(label)), page: writer.pages[place.page])
        }
        try writer.writeTile(page: place.page, column: place.column, row: place.row, compressed: bytes)
    }

    private func compress(_ labels: Image<UInt16>, page: TIFFPage) -> [UInt8] {
        page.bitsPerSample == 16 ? page.compress(labels.samples) : page.compress(labels.lowBytes().samples)
    }
}

extension Image<UInt16> {
    /// The labels in 8 bits; the caller knows that they fit.
    func lowBytes() -> Image<UInt8> {
        let samples = self.samples
        return Image<UInt8>(axes: axes, sizes: sizes, color: color, domain: domain) { target in
            for i in 0..<target.count { target[i] = UInt8(truncatingIfNeeded: samples[i]) }
        }
    }
}
