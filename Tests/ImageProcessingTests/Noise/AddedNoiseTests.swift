import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Noise on images")
struct AddedNoiseTests {
    private func flat<Scalar: NumericScalar>(_ value: Scalar, size: Int = 201) -> Image<Scalar> {
        Image(axes: [.y, .x, .channel], sizes: [size, size, 3], repeating: value, color: .rgb)
    }

    private func moments<Scalar: NumericScalar>(_ image: Image<Scalar>) -> (mean: Double, deviation: Double) {
        let values = (0..<image.count).map { image.samples[$0].doubleValue }
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
        return (mean, square.squareRoot())
    }

    @Test func everyScalarHasTheSameNoise() throws {
        let exact = try flat(Double(100)).addingGaussianNoise(deviation: 7, key: 5)
        func check<Scalar: NumericScalar>(_ type: Scalar.Type) throws {
            let noisy = try flat(Scalar(saturating: 100.0)).addingGaussianNoise(deviation: 7, key: 5)
            let limit = Scalar.kind.isFloatingPoint ? 0.1 : 0.51
            for i in 0..<1000 { #expect(abs(noisy.samples[i].doubleValue - exact.samples[i]) < limit) }
            #expect(noisy.color == .rgb)
        }
        try check(UInt8.self)
        try check(Int8.self)
        try check(UInt16.self)
        try check(Int16.self)
        try check(UInt32.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(UInt64.self)
        try check(Float16.self)
        try check(Float.self)
        let (mean, deviation) = moments(exact)
        #expect(abs(mean - 100) < 0.1 && abs(deviation - 7) < 0.1)
    }

    @Test func noiseHasTheMomentsOfItsKind() throws {
        let image = flat(Float(50))
        let laplace = moments(try image.addingLaplaceNoise(deviation: 4, key: 1))
        #expect(abs(laplace.mean - 50) < 0.06 && abs(laplace.deviation - 4) < 0.08)
        let speckle = moments(try image.addingSpeckleNoise(deviation: 0.1, key: 1))
        #expect(abs(speckle.mean - 50) < 0.06 && abs(speckle.deviation - 5) < 0.06)
        // Without signal the Rician distribution is Rayleigh's: mean σ√(π/2), deviation σ√(2 − π/2).
        let rayleigh = moments(try flat(Float(0)).addingRicianNoise(deviation: 10, key: 1))
        #expect(abs(rayleigh.mean - 12.533) < 0.08 && abs(rayleigh.deviation - 6.551) < 0.08)
        // With a strong one it is close to normal, with a mean of √(A² + σ²).
        let strong = moments(try flat(Float(1000)).addingRicianNoise(deviation: 10, key: 1))
        #expect(abs(strong.mean - 1000.05) < 0.15 && abs(strong.deviation - 10) < 0.1)
        let counted = moments(try image.addingPoissonNoise(photons: 2, key: 1))
        #expect(abs(counted.mean - 50) < 0.06 && abs(counted.deviation - 5) < 0.06)
    }

    @Test func valuesKeepTheirSideOfBlack() throws {
        var image = Image<Int16>(axes: [.y, .x], sizes: [1, 4], domain: .hounsfield)
        for (x, value) in [-1000, -200, 0, 300].enumerated() { image[0, x] = Int16(value) }
        for key in 0..<20 as Range<UInt64> {
            let results = try [
                image.addingRicianNoise(deviation: 5, key: key), image.addingPoissonNoise(photons: 1, key: key),
                image.addingSpeckleNoise(deviation: 0.1, key: key), image.addingGaussianNoise(deviation: 20, key: key),
            ]
            for result in results {
                #expect(result[0, 0] < -700 && result[0, 1] < 0 && result[0, 3] > 100)
                #expect(result.domain == .hounsfield)
            }
        }
    }

    @Test func bytesSaturate() throws {
        let white = try flat(UInt8(250)).addingGaussianNoise(deviation: 40, key: 2)
        let black = try flat(UInt8(5)).addingGaussianNoise(deviation: 40, key: 2)
        #expect((0..<white.count).allSatisfy { white.samples[$0] > 20 })
        #expect((0..<black.count).allSatisfy { black.samples[$0] < 235 })
        #expect((0..<white.count).contains { white.samples[$0] == 255 })
    }

    @Test func saltAndPepperReplaceWholePixels() throws {
        let noisy = try flat(UInt8(100)).addingSaltAndPepper(
            amount: 0.2, saltShare: 0.25, salt: 255, pepper: 0, key: 9)
        var counts: [UInt8: Int] = [:]
        for pixel in 0..<201 * 201 {
            let values = Set((0..<3).map { noisy.samples[3 * pixel + $0] })
            #expect(values.count == 1)
            counts[values.first ?? 1, default: 0] += 1
        }
        #expect(Set(counts.keys) == [0, 100, 255])
        #expect(abs(Double(counts[255] ?? 0) / 40401 - 0.05) < 0.006)
        #expect(abs(Double(counts[0] ?? 0) / 40401 - 0.15) < 0.009)
        let planar = try flat(UInt8(100)).rearranged(to: [.channel, .y, .x]).addingSaltAndPepper(
            amount: 0.2, saltShare: 0.25, salt: 255, pepper: 0, key: 9)
        #expect(try planar.rearranged(to: [.y, .x, .channel]) == noisy)
    }

    @Test func argumentsOutOfRangeAreRefused() {
        #expect(throws: ImageError.self) { try flat(UInt8(1)).addingGaussianNoise(deviation: -1, key: 1) }
        #expect(throws: ImageError.self) { try flat(UInt8(1)).addingLaplaceNoise(deviation: .nan, key: 1) }
        #expect(throws: ImageError.self) { try flat(UInt8(1)).addingPoissonNoise(photons: 0, key: 1) }
        #expect(throws: ImageError.self) {
            try flat(UInt8(1)).addingSaltAndPepper(amount: 1.1, salt: 1, pepper: 0, key: 1)
        }
    }
}
