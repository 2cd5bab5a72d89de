import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Spectra")
struct SpectrumTests {
    /// Calculated with NumPy's `fft.fftn`.
    @Test func valuesAreThoseOfNumPy() throws {
        let plane: [Float] = [1, 2, 0, -1, 3, 5, 2, 2, 0, -4, 1, 7]
        let found = try Spectrum(of: plane.span, sizes: [3, 4])
        let expected: [SIMD2<Float>] = [
            SIMD2(18.0, 0.0), SIMD2(1.0, 5.0), SIMD2(-4.0, 0.0), SIMD2(1.0, -5.0),
            SIMD2(-6.0, -6.928203), SIMD2(-11.124356, -8.732051), SIMD2(2.0, 0.0), SIMD2(13.124356, 5.267949),
            SIMD2(-6.0, 6.928203), SIMD2(13.124356, -5.267949), SIMD2(2.0, 0.0), SIMD2(-11.124356, 8.732051),
        ]
        for (a, b) in zip(found.values, expected) { #expect(((a - b) * (a - b)).sum() < 1e-9) }
        let volume = (0..<24).map { Float($0 * $0 % 11) }
        let other = try Spectrum(of: volume.span, sizes: [2, 3, 4])
        let places: [(Int, SIMD2<Float>)] = [
            (0, SIMD2(89, 0)), (6, SIMD2(-7, 10.392305)), (12, SIMD2(-1, 0)), (23, SIMD2(0, -11)),
        ]
        for (place, value) in places {
            let difference = other.values[place] - value
            #expect((difference * difference).sum() < 1e-8)
        }
    }

    @Test(arguments: [[16], [7, 9], [8, 8, 8], [5, 12, 13], [1, 31, 17], [64, 1]])
    func thereAndBackIsNothingAndEnergyStays(sizes: [Int]) throws {
        let count = sizes.reduce(1, *)
        let field = NoiseField(key: 4)
        let samples = (0..<count).map { 100 * field.normal(at: $0) }
        let spectrum = try Spectrum(of: samples.span, sizes: sizes)
        var back = [Float](repeating: 0, count: count)
        var span = back.mutableSpan
        try spectrum.writeSamples(into: &span)
        for (a, b) in zip(samples, back) { #expect(abs(a - b) < 1e-3) }
        // Parseval: the energy of the spectrum is that of the samples, times their number.
        let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        let spectral = spectrum.values.reduce(0.0) { (sum: Double, value: SIMD2<Float>) -> Double in
            let wide = SIMD2<Double>(value)
            return sum + (wide * wide).sum()
        }
        #expect(abs(spectral / Double(count) - energy) < 1e-5 * energy)
    }

    @Test func frequenciesAreInOrder() throws {
        #expect((0..<4).map { Spectrum.frequency($0, 4) } == [0, 1, -2, -1])
        #expect((0..<5).map { Spectrum.frequency($0, 5) } == [0, 1, 2, -2, -1])
        // A cosine of 3 periods along x and 1 along y has two lines.
        let samples = (0..<8 * 16).map { (i: Int) -> Float in
            let turns = 3 * Double(i % 16) / 16 + Double(i / 16) / 8
            return Float(cosine(2 * Double.pi * turns))
        }
        var spectrum = try Spectrum(of: samples.span, sizes: [8, 16])
        var lines: Set<SIMD3<Int>> = []
        spectrum.forEachFrequency { frequency, value in if value.x > 1 { lines.insert(frequency) } }
        #expect(lines == [SIMD3(3, 1, 0), SIMD3(-3, -1, 0)])
    }

    @Test func sizesThatDoNotFitAreRefused() {
        let samples = [Float](repeating: 0, count: 12)
        for sizes in [[], [3, 3], [0, 12], [1, 1, 3, 4], [-3, -4]] {
            #expect(throws: ImageError.self) { try Spectrum(of: samples.span, sizes: sizes) }
        }
    }
}
