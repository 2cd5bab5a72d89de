import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// The streaming writer: any order of tiles, shared and missing tiles, both file structures.
struct TIFFPyramidWriterTests {
    private static let tile = PixelSize(width: 16, height: 16)

    /// Three levels of a picture whose sample at (x, y) of level n is a known number.
    private static let pages: [TIFFPage] = [70, 35, 18].enumerated().map { level, size in
        var page = TIFFPage(
            size: PixelSize(width: size, height: size - 5), layout: .tiles(tile), samplesPerPixel: 3, bitsPerSample: 16,
            photometric: .rgb, usesPredictor: level == 1, isReducedResolution: level > 0)
        page.pixelsPerCentimetre = (20_000 / Double(1 << level), 10_000 / Double(1 << level))
        return page
    }

    private static func sample(_ level: Int, _ x: Int, _ y: Int, _ channel: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (x * 271 + y * 7919 + channel * 17 + level * 1009) &* 31)
    }

    private static func samples(_ level: Int, column: Int, row: Int) -> [UInt16] {
        (0..<16 * 16 * 3).map { i in
            sample(level, column * 16 + i / 3 % 16, row * 16 + i / 48, i % 3)
        }
    }

    private struct Place: Hashable {
        var page: Int
        var column: Int
        var row: Int
    }

    private static let places: [Place] = pages.indices.flatMap { page in
        (0..<pages[page].rows).flatMap { row in
            (0..<pages[page].columns).map { Place(page: page, column: $0, row: row) }
        }
    }

    private func write(
        _ path: String, _ structure: TIFFFileStructure, order: [Place] = places, limit: Int = Int(UInt32.max)
    ) throws {
        let writer = try TIFFPyramidWriter(
            path: path, pages: Self.pages, structure: structure, classicLimit: limit)
        for place in order {
            let samples = Self.samples(place.page, column: place.column, row: place.row)
            try writer.writeTile(page: place.page, column: place.column, row: place.row, samples: samples.span)
        }
        try writer.finish()
    }

    @Test(arguments: [TIFFFileStructure.automatic, .classic, .big])
    func `tiles in any order give each level`(structure: TIFFFileStructure) throws {
        let folder = try ScratchFolder()
        var generator = SeededGenerator(seed: 3)
        try write(folder.path("a.tif"), structure, order: Self.places.shuffled(using: &generator))
        let reader = try TIFFReader(ByteSource(path: folder.path("a.tif")))
        #expect(reader.formatName == (structure == .big ? "BigTIFF" : "TIFF") && reader.frames.count == 3)
        for level in 0..<3 {
            guard case .uint16(let image) = try reader.readFrame(level) else { continue }
            #expect(image.metadata["tiff.NewSubfileType"] == .integer(level == 0 ? 0 : 1))
            #expect(image.geometry == Geometry(mppX: 0.5 * Double(1 << level), mppY: Double(1 << level)))
            var same = true
            for i in 0..<image.count {
                let (x, y) = (i / 3 % image.width, i / 3 / image.width)
                same = same && image.samples[i] == Self.sample(level, x, y, i % 3)
            }
            #expect(same, "level \(level)")
        }
    }

    @Test func `the same calls give the same bytes`() throws {
        let folder = try ScratchFolder()
        try write(folder.path("a.tif"), .automatic)
        try write(folder.path("b.tif"), .automatic)
        let (a, b) = try (ByteSource(path: folder.path("a.tif")).all(), ByteSource(path: folder.path("b.tif")).all())
        #expect(a == b)
    }

    @Test func `BigTIFF comes when classic TIFF cannot hold the file`() throws {
        let folder = try ScratchFolder()
        try write(folder.path("a.tif"), .automatic)
        let size = try ByteSource(path: folder.path("a.tif")).count
        try write(folder.path("b.tif"), .automatic, limit: size)
        #expect(try TIFFReader(ByteSource(path: folder.path("b.tif"))).formatName == "TIFF")
        try write(folder.path("c.tif"), .automatic, limit: size - 1)
        let big = try TIFFReader(ByteSource(path: folder.path("c.tif")))
        #expect(big.formatName == "BigTIFF" && big.frames.count == 3)
        for limit in [size - 1, size / 2] {
            let error = #expect(throws: FormatError.self) { try write(folder.path("d.tif"), .classic, limit: limit) }
            #expect(error?.code == .limitExceeded)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
                "a.tif", "b.tif", "c.tif",
            ])
    }

    @Test func `shared tiles are stored once and missing tiles read as 0`() throws {
        let folder = try ScratchFolder()
        let page = TIFFPage(size: PixelSize(width: 48, height: 32), layout: .tiles(Self.tile))
        let writer = try TIFFPyramidWriter(path: folder.path("a.tif"), pages: [page, page])
        let bytes = page.compress([UInt8](repeating: 9, count: 256).span)
        try writer.writeTile(page: 1, column: 0, row: 0, compressed: bytes)
        for place in [(0, 1, 0), (0, 0, 1), (1, 2, 1)] {
            writer.shareTile(page: place.0, column: place.1, row: place.2, as: (1, 0, 0))
        }
        #expect(writer.hasTile(page: 0, column: 1, row: 0) && !writer.hasTile(page: 0, column: 0, row: 0))
        #expect(throws: FormatError.self) { try writer.finish() }
        try writer.finish(allowsMissingTiles: true)
        let reader = try TIFFReader(ByteSource(path: folder.path("a.tif")))
        for (index, stored) in [Set([1, 3]), Set([0, 5])].enumerated() {
            guard case .uint8(let image) = try reader.readFrame(index) else { continue }
            for y in 0..<32 {
                for x in 0..<48 where image[y, x] != (stored.contains(y / 16 * 3 + x / 16) ? 9 : 0) {
                    Issue.record("page \(index) at (\(x), \(y)) is \(image[y, x])")
                }
            }
        }
        let whole = try ByteSource(path: folder.path("a.tif")).all()
        #expect((0..<whole.count - bytes.count).count { whole[$0..<$0 + bytes.count].elementsEqual(bytes) } == 1)
    }

    @Test func `a writer that is dropped leaves nothing`() throws {
        let folder = try ScratchFolder()
        do {
            let writer = try TIFFPyramidWriter(path: folder.path("a.tif"), pages: Self.pages)
            let samples = Self.samples(0, column: 0, row: 0)
            try writer.writeTile(page: 0, column: 0, row: 0, samples: samples.span)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func `a palette and JPEG tiles are stored as they come`() throws {
        let folder = try ScratchFolder()
        var labels = TIFFPage(size: PixelSize(width: 16, height: 16), layout: .tiles(Self.tile), photometric: .palette)
        labels.colorMap = (0..<768).map { UInt16($0 % 256 * 257) }
        var photo = TIFFPage(
            size: PixelSize(width: 16, height: 16), layout: .tiles(Self.tile), samplesPerPixel: 3, photometric: .yCbCr,
            compression: .jpeg)
        photo.chromaSubsampling = PixelSize(width: 2, height: 2)
        let writer = try TIFFPyramidWriter(path: folder.path("a.tif"), pages: [labels, photo])
        let indices = (0..<256).map { UInt8($0) }
        try writer.writeTile(page: 0, column: 0, row: 0, samples: indices.span)
        let picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [16, 16, 3], repeating: 77, color: .rgb)
        let jpeg = try JPEGEncoder(quality: 100).encode(picture)
        try writer.writeTile(page: 1, column: 0, row: 0, compressed: jpeg)
        try writer.finish()
        let reader = try TIFFReader(ByteSource(path: folder.path("a.tif")))
        guard case .uint8(let colors) = try reader.readFrame(0), case .uint8(let gray) = try reader.readFrame(1) else {
            return
        }
        #expect((0..<768).allSatisfy { colors.samples[$0] == UInt8($0 / 3) })
        guard case .uint8(let direct) = try JPEGReader(ByteSource(bytes: jpeg)).readFrame() else { return }
        #expect((0..<768).allSatisfy { gray.samples[$0] == direct.samples[$0] })
    }
}
