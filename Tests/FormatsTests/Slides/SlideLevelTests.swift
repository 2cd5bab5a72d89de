import ImageCore
import TestSupport
import Testing

@testable import Formats

@Suite struct SlideLevelTests {
    /// Sizes as scanners and converters write them, and the factor that they stand for.
    static let pyramids: [(base: (Int, Int), level: (Int, Int), tile: Int, factor: Double)] = [
        ((46000, 32914), (11500, 8228), 240, 4), ((46000, 32914), (2875, 2057), 240, 16),
        ((4217, 3301), (263, 206), 256, 16), ((1111, 777), (277, 194), 256, 4), ((1111, 777), (138, 97), 256, 8),
        ((1111, 777), (139, 98), 256, 8), ((300, 250), (37, 31), 64, 8), ((1000, 700), (15, 10), 256, 64),
        ((3000, 2100), (1000, 700), 256, 3), ((10000, 5000), (625, 312), 1024, 16),
        // Camelyon16: levels padded to whole tiles of 512.
        ((97792, 221184), (49152, 110592), 512, 2), ((97792, 221184), (24576, 55296), 512, 4),
        ((97792, 221184), (3072, 7168), 512, 32), ((97792, 221184), (512, 1024), 512, 256),
        // No whole factor explains these.
        ((1000, 1000), (666, 666), 256, 1.501501501501501501),
    ]

    @Test(arguments: pyramids.indices) func `the factor is the one that the sizes stand for`(index: Int) {
        let (base, level, tile, factor) = Self.pyramids[index]
        let found = SlideDownsample.factor(
            of: PixelSize(width: level.0, height: level.1), below: PixelSize(width: base.0, height: base.1),
            tile: PixelSize(width: tile, height: tile))
        #expect(abs(found - factor) < 1e-9)
    }

    @Test func `the level to resample from is never too coarse`() throws {
        let folder = try ScratchFolder()
        let slide = try Slides.open(path: SlideErrorTests.writePyramid(folder))
        #expect(slide.level(forDownsample: 0.5) == 0 && slide.level(forDownsample: 1.9) == 0)
        #expect(slide.level(forDownsample: 1.99) == 1 && slide.level(forDownsample: 100) == 1)
    }

    @Test func `a crop of a read is the read of the crop`() throws {
        let folder = try ScratchFolder()
        let slide = try Slides.open(path: SlideErrorTests.writePyramid(folder, missing: [2, 7]))
        for level in 0...1 {
            let whole = try slide.read(PixelRect(x: -10, y: -10, width: 120, height: 90), level: level)
            var random = SeededGenerator(seed: 5)
            for _ in 0..<8 {
                let place = PixelRect(
                    x: Int.random(in: -10..<80, using: &random), y: Int.random(in: -10..<60, using: &random), width: 23,
                    height: 19)
                let part = try slide.read(place, level: level)
                let inside = PixelRect(x: place.x + 10, y: place.y + 10, width: 23, height: 19)
                let crop = whole.pixels.cropped(to: inside).contiguous()
                let flags = whole.validity.cropped(to: inside).contiguous()
                #expect((0..<crop.count).allSatisfy { crop.samples[$0] == part.pixels.samples[$0] })
                #expect((0..<flags.count).allSatisfy { flags.samples[$0] == part.validity.samples[$0] })
            }
        }
    }

    @Test func `many threads read what one reads`() async throws {
        let folder = try ScratchFolder()
        let slide = try Slides.open(path: SlideErrorTests.writePyramid(folder))
        let place = PixelRect(x: 3, y: 5, width: 90, height: 60)
        let expected = CRC32.of(try slide.read(place, level: 0).pixels.samples)
        try await withThrowingTaskGroup(of: UInt32.self) { group in
            for _ in 0..<16 { group.addTask { CRC32.of(try slide.read(place, level: 0).pixels.samples) } }
            for try await found in group { #expect(found == expected) }
        }
    }

    @Test(arguments: [1, 3, 4], [TIFFCompression.none, .deflate()])
    func `samples become RGB`(channels: Int, compression: TIFFCompression) throws {
        let folder = try ScratchFolder()
        let size = PixelSize(width: 48, height: 40)
        let page = TIFFPage(
            size: size, layout: .tiles(size.rounded), samplesPerPixel: channels,
            photometric: channels == 1 ? .minIsBlack : .rgb,
            extraSamples: channels == 4 ? .unassociatedAlpha : .unspecified,
            compression: compression, usesPredictor: compression != .none)
        let tile = page.pieceSize
        let samples = (0..<tile.width * tile.height * channels).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 5) }
        let path = folder.path("one.tif")
        let writer = try TIFFPyramidWriter(path: path, pages: [page], structure: .big)
        try writer.writeTile(page: 0, column: 0, row: 0, samples: samples.span)
        try writer.finish()
        let region = try Slides.open(path: path).read(size.bounds, level: 0)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let at = (y * tile.width + x) * channels
                for channel in 0..<3 {
                    let stored = Int(samples[channels == 1 ? at : at + channel])
                    let opacity = channels == 4 ? Int(samples[at + 3]) : 255
                    let expected = (Double(stored * opacity + 255 * (255 - opacity)) / 255).rounded()
                    #expect(Int(region.pixels[y, x, channel]) == Int(expected))
                }
            }
        }
    }
}

extension PixelSize {
    fileprivate var rounded: PixelSize { PixelSize(width: (width + 15) / 16 * 16, height: (height + 15) / 16 * 16) }
}

@Suite struct LZWTests {
    /// Packs codes of growing width as an encoder does, most significant bit first.
    @Test func `codes become strings`() {
        // "ABABABA": clear, A, B, AB (258), ABA (260), end; all codes have 9 bits.
        let codes = [256, 65, 66, 258, 260, 257]
        let bits = codes.flatMap { code in (0..<9).map { code >> (8 - $0) & 1 } }
        let padded = bits + Array(repeating: 0, count: (8 - bits.count % 8) % 8)
        let input = stride(from: 0, to: padded.count, by: 8).map { at in
            UInt8(padded[at..<at + 8].reduce(0) { $0 << 1 | $1 })
        }
        var decoder = LZWDecoder()
        var output = [UInt8](repeating: 0, count: 7)
        #expect(decoder.decode(input.span, into: &output) == 7)
        #expect(output == Array("ABABABA".utf8))
        var short = [UInt8](repeating: 0, count: 4)
        #expect(decoder.decode(input.span, into: &short) == 4 && short == Array("ABAB".utf8))
    }

    @Test func `random bytes never leave the buffers`() {
        var random = SeededGenerator(seed: 1)
        var decoder = LZWDecoder()
        for _ in 0..<300 {
            let input = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var output = [UInt8](repeating: 0, count: 64)
            let written = decoder.decode(input.span, into: &output) ?? 0
            #expect((0...64).contains(written))
            #expect((0...64).contains(PackBits.decode(input.span, into: &output) ?? 0))
        }
    }
}
