import Formats
import ImageCore
import TestSupport
import Testing

@Suite struct SlideReadTests {
    /// Bytes of one cached tile of 32 × 24: samples and flags.
    private static let tileBytes = 32 * 24 * 4

    @Test(arguments: [0, 2, 1000])
    func `any region shows the slide's own pixels, whatever the cache holds`(tilesInCache: Int) throws {
        let missing = SyntheticSlide.Tile(column: 2, row: 1)
        let slide = SyntheticSlide(
            width: 150, height: 110, downsamples: [1, 2], missing: [missing],
            tileCache: SlideTileCache(capacity: tilesInCache * Self.tileBytes))
        var random = SeededGenerator(seed: 8)
        for _ in 0..<60 {
            let level = Int.random(in: 0...1, using: &random)
            let region = PixelRect(
                x: .random(in: -20...150, using: &random), y: .random(in: -20...110, using: &random),
                width: .random(in: 1...70, using: &random), height: .random(in: 1...60, using: &random))
            let found = try slide.read(region, level: level)
            var plain = [UInt8](repeating: 7, count: region.area * 3)
            var span = plain.mutableSpan
            try slide.read(region, level: level, into: &span)
            let size = slide.levels[level].size
            for y in 0..<region.height {
                for x in 0..<region.width {
                    let (column, row) = (region.x + x, region.y + y)
                    let isInside = column >= 0 && row >= 0 && column < size.width && row < size.height
                    let isMissing = level == 0 && column / 32 == missing.column && row / 24 == missing.row
                    let isStored = isInside && !isMissing
                    let color = isStored ? SyntheticSlide.pixel(level: level, x: column, y: row) : [255, 255, 255]
                    #expect(found.validity[y, x] == isStored)
                    for channel in 0..<3 {
                        #expect(found.pixels[y, x, channel] == color[channel])
                        #expect(plain[(y * region.width + x) * 3 + channel] == color[channel])
                    }
                }
            }
        }
    }

    @Test func `neighboring regions decode each tile once`() throws {
        let slide = SyntheticSlide(width: 320, height: 96, tileCache: SlideTileCache())
        for y in stride(from: 5, to: 70, by: 20) {
            for x in stride(from: 7, to: 290, by: 20) {
                _ = try slide.read(PixelRect(x: x, y: y, width: 20, height: 20), level: 0)
            }
        }
        #expect(slide.readCounts.values.allSatisfy { $0 == 1 })
    }

    @Test func `a cache never holds more than it may`() throws {
        let slide = SyntheticSlide(
            width: 320, height: 24, tileCache: SlideTileCache(capacity: 3 * Self.tileBytes))
        for _ in 0..<2 {
            for x in stride(from: 0, to: 320, by: 32) {
                _ = try slide.read(PixelRect(x: x, y: 0, width: 5, height: 5), level: 0)
            }
        }
        #expect(slide.readCounts.values.allSatisfy { $0 == 2 })
    }
}
