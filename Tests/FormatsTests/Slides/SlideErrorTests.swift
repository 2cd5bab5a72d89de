import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Files that are no slides, or broken ones: one clear error each, and what is good stays readable.
@Suite struct SlideErrorTests {
    /// A pyramid of two levels, 100 × 70 and 50 × 35, in deflated RGB tiles of 32 × 32; without the tiles named.
    static func writePyramid(_ folder: ScratchFolder, missing: Set<Int> = []) throws -> String {
        let path = folder.path("pyramid.tif")
        let tile = PixelSize(width: 32, height: 32)
        let pages = [PixelSize(width: 100, height: 70), PixelSize(width: 50, height: 35)].enumerated().map {
            TIFFPage(
                size: $1, layout: .tiles(tile), samplesPerPixel: 3, photometric: .rgb, isReducedResolution: $0 > 0)
        }
        let writer = try TIFFPyramidWriter(path: path, pages: pages, structure: .classic)
        for (p, page) in pages.enumerated() {
            for index in 0..<page.columns * page.rows where p > 0 || !missing.contains(index) {
                let samples = (0..<32 * 32 * 3).map { UInt8(truncatingIfNeeded: $0 * 7 + index * 31 + p * 100) }
                try writer.writeTile(
                    page: p, column: index % page.columns, row: index / page.columns, samples: samples.span)
            }
        }
        try writer.finish(allowsMissingTiles: true)
        return path
    }

    private static func failure(_ path: String) -> FormatError? {
        do throws(FormatError) {
            _ = try Slides.open(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test func `what is no slide is refused with the reasons of both engines`() throws {
        let folder = try ScratchFolder()
        let empty = Self.failure(try folder.write([], to: "empty.svs"))
        #expect(empty?.code == .notRecognized && empty?.found == "an empty file")
        let text = Self.failure(try folder.write(Array("not a slide\n".utf8), to: "text.svs"))
        #expect(text?.code == .notRecognized)
        #expect(text?.found.contains("TIFF header") == true && text?.found.contains("OpenSlide") == true)
        #expect(Self.failure(folder.path("absent.svs"))?.code == .inputOutput)
        #expect(Self.failure(folder.url.path)?.code == .inputOutput)
        #expect(!Slides.isSlide(folder.path("text.svs")) && !Slides.isSlide(folder.path("absent.svs")))
    }

    @Test func `a missing tile is background and not valid`() throws {
        let folder = try ScratchFolder()
        let slide = try Slides.open(path: Self.writePyramid(folder, missing: [5]))
        #expect(slide.levels.map(\.downsample) == [1, 2])
        var samples = [UInt8](repeating: 9, count: 32 * 32 * 3)
        var span = samples.mutableSpan
        #expect(try slide.readTile(level: 0, column: 1, row: 1, into: &span) == .missing)
        #expect(samples.allSatisfy { $0 == 255 })
        let region = try slide.read(PixelRect(x: 60, y: 30, width: 8, height: 8), level: 0)
        #expect(!region.isWhole)
        for y in 0..<8 {
            for x in 0..<8 { #expect(region.validity[y, x] == !(x < 4 && y >= 2)) }
        }
    }

    @Test func `a corrupt tile fails alone and says where`() throws {
        let folder = try ScratchFolder()
        let path = try Self.writePyramid(folder)
        var bytes = try ByteSource(path: path).all()
        // The first tile starts after the header; a zlib stream cannot start with these bytes.
        for i in 16..<24 { bytes[i] = 0xFF }
        let slide = try Slides.open(path: folder.write(bytes, to: "broken.tif"))
        let error = #expect(throws: FormatError.self) {
            try slide.read(PixelRect(x: 0, y: 0, width: 4, height: 4), level: 0)
        }
        #expect(error?.code == .corrupt && error?.place == "level 0, tile (column 0, row 0) at offset 16")
        #expect(try slide.read(PixelRect(x: 40, y: 0, width: 4, height: 4), level: 0).isWhole)
        #expect(try slide.read(slide.levels[1].size.bounds, level: 1).isWhole)
    }

    @Test func `requests that make no sense are refused`() throws {
        let folder = try ScratchFolder()
        let slide = try Slides.open(path: Self.writePyramid(folder))
        let regions = [
            PixelRect(x: 0, y: 0, width: 0, height: 5), PixelRect(x: .min, y: 0, width: 1, height: 1),
            PixelRect(x: .max, y: 0, width: 9, height: 9), PixelRect(x: 0, y: 0, width: .max, height: .max),
        ]
        for region in regions { #expect(throws: FormatError.self) { try slide.read(region, level: 0) } }
        let flat = #expect(throws: FormatError.self) {
            try slide.read(PixelRect(x: 3, y: -4, width: 0, height: 5), level: 0)
        }
        #expect(flat?.found == "0 x 5 at (3, -4)")
        #expect(throws: FormatError.self) { try slide.read(PixelRect(x: 0, y: 0, width: 1, height: 1), level: 2) }
        #expect(throws: FormatError.self) { try slide.associatedImage("label") }
        var samples = [UInt8](repeating: 0, count: 32 * 32 * 3)
        var span = samples.mutableSpan
        for place in [(4, 0), (0, 3), (-1, 0)] {
            #expect(throws: FormatError.self) {
                _ = try slide.readTile(level: 0, column: place.0, row: place.1, into: &span)
            }
        }
    }

    /// Opens a slide and reads a corner of every level; whatever happens must be an error or end soon.
    static func probe(_ source: ByteSource) {
        var limits = DecodeLimits()
        limits.pixels = 1 << 22
        guard let slide = try? TiledTIFFSlide(source: source, limits: limits) else { return }
        for (i, level) in slide.levels.enumerated() where level.tileSize.width * level.tileSize.height <= 1 << 16 {
            _ = try? slide.read(PixelRect(x: 0, y: 0, width: 20, height: 20), level: i)
        }
        for name in slide.associatedImageNames.prefix(4) { _ = try? slide.associatedImage(name) }
    }

    @Test func `a slide cut at 50 places ends in errors`() throws {
        let folder = try ScratchFolder()
        let path = try Self.writePyramid(folder)
        let bytes = try ByteSource(path: path).all()
        for i in 0..<50 {
            let cut = Array(bytes.prefix(bytes.count * i / 50))
            let error = Self.failure(try folder.write(cut, to: "cut.tif"))
            #expect(error != nil, "cut at \(cut.count)")
        }
    }

    @Test func `flipped bits in the directories end in errors or pictures`() throws {
        let folder = try ScratchFolder()
        let path = try Self.writePyramid(folder)
        let bytes = try ByteSource(path: path).all()
        // The writer puts the directories last.
        let start = Int(bytes[4]) | Int(bytes[5]) << 8 | Int(bytes[6]) << 16
        var random = SeededGenerator(seed: 3)
        for _ in 0..<400 {
            var broken = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                broken[Int.random(in: start..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            Self.probe(ByteSource(bytes: broken))
        }
    }

    @Test(
        .needsTestData,
        arguments: ["wsi/openslide/small.svs", "wsi/corrupt/unreadable.svs", "wsi/generic/test_orient1.tif"])
    func `real slides with flipped bits and cut ends do not crash`(file: String) throws {
        let bytes = try ByteSource(path: TestData.path(file)).all()
        var random = SeededGenerator(seed: 11)
        for round in 0..<150 {
            var broken = round % 3 == 0 ? Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))) : bytes
            for _ in 0..<4 where !broken.isEmpty {
                broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            Self.probe(ByteSource(bytes: broken))
        }
    }

    @Test func `directories that run in a circle or ask for too much are refused`() throws {
        // One directory with no entries that names itself as the next.
        let circle: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0]
        #expect(throws: FormatError.self) { try SlideTIFFFile(ByteSource(bytes: circle), limits: .standard) }
        // A BigTIFF directory that claims 2^60 entries.
        let many: [UInt8] = [0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0x10]
        #expect(throws: FormatError.self) { try SlideTIFFFile(ByteSource(bytes: many), limits: .standard) }
        // A tag with 2^32 − 1 values outside the file.
        let entry: [UInt8] = [0x44, 1, 4, 0, 0xFF, 0xFF, 0xFF, 0xFF, 100, 0, 0, 0]
        let file = try SlideTIFFFile(
            ByteSource(bytes: [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0] + entry + [0, 0, 0, 0]), limits: .standard)
        #expect(throws: FormatError.self) { try file.integers(324, of: file.directories[0], atMost: .max) }
    }
}
