import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of noise")
struct NoiseValues {
    private func flat(_ value: UInt8) -> Image<UInt8> {
        Image(axes: [.y, .x, .channel], sizes: [100, 120, 3], repeating: value, color: .rgb)
    }

    private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
        return (mean, square.squareRoot())
    }

    @Test func deviationsCountInTheValueRange() throws {
        var noise = GaussianNoise()
        noise.deviation = .fixed(0.05)
        let bytes = moments(try Pipeline.changed(flat(128), by: noise).numbers)
        #expect(abs(bytes.mean - 128) < 0.3 && abs(bytes.deviation - 12.75) < 0.2)
        let words = Image<UInt16>(axes: [.y, .x], sizes: [150, 150], repeating: 30000)
        let wide = moments(try Pipeline.changed(words, by: noise).numbers)
        #expect(abs(wide.mean - 30000) < 100 && abs(wide.deviation - 3276.75) < 70)
        var units = Image<Float>(axes: [.y, .x], sizes: [150, 150], repeating: 0.9)
        units.domain = .unit
        let unit = try Pipeline.changed(units, by: noise).numbers
        #expect(abs(moments(unit).deviation - 0.05) < 0.001)
        // Floats are not cut at white.
        #expect(unit.contains { $0 > 1 })
        var ct = Image<Int16>(axes: [.y, .x], sizes: [150, 150], repeating: 40)
        ct.domain = .hounsfield
        noise.deviation = .fixed(12)
        #expect(abs(moments(try Pipeline.changed(ct, by: noise).numbers).deviation - 12) < 0.3)
    }

    @Test func photonsCountAtWhite() throws {
        var noise = PoissonNoise()
        noise.photons = .fixed(100)
        // 51 is a fifth of white: 20 photons with a deviation of √20.
        let found = moments(try Pipeline.changed(flat(51), by: noise).numbers)
        #expect(abs(found.mean - 51) < 0.3)
        #expect(abs(found.deviation - 51 * (1 / 20.0).squareRoot()) < 0.3)
    }

    @Test func saltAndPepperAreWhiteAndBlack() throws {
        var salt = Salt()
        salt.amount = .fixed(0.1)
        let salted = try Pipeline.changed(flat(90), by: salt).numbers
        #expect(Set(salted) == [90, 255])
        #expect(abs(Double(salted.count { $0 == 255 }) / Double(salted.count) - 0.1) < 0.015)
        var pepper = Pepper()
        pepper.amount = .fixed(0.1)
        #expect(Set(try Pipeline.changed(flat(90), by: pepper).numbers) == [0, 90])
        // Without black and white the image's own limits stand for them.
        var both = SaltAndPepper()
        both.amount = .fixed(0.5)
        let values = Set(try Pipeline.changed(ChangedSamples.hounsfield(), by: both).numbers)
        #expect(values == [-1000, -200, 0, 300])
    }

    @Test func noiseOfColorLeavesBrightness() throws {
        var noise = ISONoise()
        (noise.brightness, noise.color) = (.fixed(0), .fixed(0.1))
        var image = Image<Float>(axes: [.y, .x, .channel], sizes: [80, 80, 3], repeating: 0.25, color: .rgb)
        image.domain = .unit
        let colored = try Pipeline.changed(image, by: noise).numbers
        let sums = (0..<6400).map { colored[3 * $0..<3 * $0 + 3].reduce(0, +) }
        #expect(sums.allSatisfy { abs($0 - 0.75) < 1e-5 })
        // At a quarter of white the deviation is half of that at white.
        #expect(abs(moments(colored).deviation - 0.05) < 0.002)
        (noise.brightness, noise.color) = (.fixed(0.1), .fixed(0))
        let bright = try Pipeline.changed(image, by: noise).numbers
        #expect((0..<6400).allSatisfy { bright[3 * $0] == bright[3 * $0 + 2] })
        #expect(abs(moments(bright).deviation - 0.05) < 0.002)
        #expect(throws: AugmentError.self) { try Pipeline.changed(ChangedSamples.hounsfield(), by: noise) }
    }

    @Test func imagesOfOneSampleHaveNoiseOfTheirOwn() throws {
        let sample = Sample(images: [.uint8(flat(100)), .uint8(flat(100))])
        let result = try Pipeline(GaussianNoise()).apply(to: sample, key: DrawKey(seed: 1, sample: "a")).sample
        #expect(result.images[0] != result.images[1])
    }
}
