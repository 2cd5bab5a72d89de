import ImageCore
import TestSupport
import Testing

@Suite struct StatisticsTests {
    @Test(arguments: seeds)
    func `statistics of views are those of their samples`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Int16>(using: &generator) { Int16.random(in: .min ... .max, using: &$0) }
        let values = view.naive.samples.map(Int.init)
        #expect(try view.image.minimum() == view.naive.samples.min())
        #expect(try view.image.maximum() == view.naive.samples.max())
        #expect(view.image.sum() == Double(values.reduce(0, +)))
        #expect(try view.image.mean() == Double(values.reduce(0, +)) / Double(values.count))
        #expect(view.image.contains(view.naive.samples[0]))
    }

    @Test func `sums of wide integers do not overflow`() {
        #expect(row([UInt64.max, .max, .max]).sum() == 3 * Double(UInt64.max))
        #expect(row([Int64.min, .min, 5]).sum() == 2 * Double(Int64.min))
        #expect(Image<UInt8>(axes: [.x], sizes: [70_000], repeating: 255).sum() == 17_850_000)
    }

    @Test func `NaN is passed over by extrema and not by sums`() throws {
        let image = row([.nan, 3, -.infinity, .infinity, .nan] as [Float])
        #expect(try image.range() == -.infinity ... .infinity)
        #expect(image.sum().isNaN)
        #expect(throws: ImageError.emptyImage) { try row([Double.nan, .nan]).range() }
        #expect(throws: ImageError.emptyImage) { try row([Double]()).mean() }
    }

    @Test func `equality is about samples and meaning and not about memory`() {
        var picture = image([.y, .x, .channel], [1, 2, 3], [1, 2, 3, 4, 5, 6] as [UInt8], color: .rgb)
        let planar = picture.permuted(to: [.channel, .y, .x]).copied()
        #expect(planar.hasSameSamples(as: picture))
        #expect(planar != picture)
        #expect(planar.permuted(to: [.y, .x, .channel]) == picture)
        let other = picture
        picture.color = .bgr
        #expect(picture != other && picture.hasSameSamples(as: other))
        picture[0, 0, 0] = 9
        #expect(!picture.hasSameSamples(as: other))
        #expect(!other.hasSameSamples(as: other.cropped(.x, to: 0..<1)))
        #expect(!row([Float.nan]).hasSameSamples(as: row([Float.nan])))
    }
}
