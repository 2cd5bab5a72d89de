import Foundation
import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Noise by the kernels")
struct NoiseKernelTests {
    private func row(_ count: Int) -> Image<Float> {
        var image = Image<Float>(axes: [.y, .x], sizes: [1, count])
        for x in 0..<count { image[0, x] = Float(x % 41) - 11.3 }
        return image
    }

    /// Every length of a last block, and several blocks.
    static let lengths = Array(1...67) + [1000, 4097]

    @Test(arguments: KernelLevel.supported)
    func everyLevelGivesTheNumbersOfTheField(level: KernelLevel) {
        let kinds: [NoiseKind] = [
            .gaussian(2.7), .speckle(0.31), .laplace(1.9), .rician(3.3, black: -2.1), .poisson(1.5, black: -2.1),
        ]
        for kind in kinds {
            let noise = NoiseOperation(kind: kind, field: NoiseField(key: 0x1234_5678_9ABC_DEF0))
            for count in Self.lengths {
                var (found, expected) = (row(count), row(count))
                var samples = found.mutableSamples
                noise.add(to: &samples, level: level)
                var definition = expected.mutableSamples
                noise.addByDefinition(to: &definition)
                #expect(found == expected, "\(kind), \(count) samples")
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func countsInvertTheirDistribution(level: KernelLevel) {
        let (key, step) = (UInt64(99), 0.37)
        let field = NoiseField(key: key)
        for (mean, count) in [(0.01, 5000), (0.7, 5000), (5, 5000), (9.3, 61), (9.3, 1), (120, 5000), (500, 5000)] {
            let counts = CountDistribution(poisson: mean)
            var found = row(count)
            var samples = found.mutableSamples
            NoiseKernel.add(counts, step: step, field, to: &samples, level)
            let start = row(count)
            for i in 0..<count {
                // The unit interval is cut at as many parts as the first 12 bits say, and within the next one by 53 more.
                let part = (field.bits(at: i / 4) >> UInt64(16 * (i % 4)) & 0xFFFF) >> 4
                let rest = Double(field.part(1).bits(at: i) >> 11) * 0x1p-53
                let number = counts.cumulative.firstIndex { $0 > (Double(part) + rest) / 4096 }
                #expect(found.samples[i] == start.samples[i] + Float(step * Double(number ?? -1)))
            }
        }
    }

    @Test(arguments: [0.03, 0.5, 3, 10, 55.5, 400])
    func countsHaveMeanVarianceAndDistribution(mean: Double) throws {
        let count = 100_000
        var image = Image<Float>(axes: [.y, .x], sizes: [1, count])
        try image.addPoissonCounts(mean: mean, step: 1, key: 4)
        let counts = (0..<count).map { Double(image.samples[$0]) }
        let average = counts.reduce(0, +) / Double(count)
        let variance = counts.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(count)
        #expect(abs(average - mean) < 4.5 * (mean / Double(count)).squareRoot())
        // The variance of the sample variance is about (2 + 1/mean) · mean² / n.
        #expect(abs(variance - mean) < 4.5 * mean * ((2 + 1 / mean) / Double(count)).squareRoot())
        // The distribution by its recurrence, against the share of samples up to each count.
        let histogram = Dictionary(counts.map { ($0, 1.0) }, uniquingKeysWith: +)
        var (probability, sum, share, largest) = (exp(-mean), 0.0, 0.0, 0.0)
        for k in 0..<1000 {
            sum += probability
            share += (histogram[Double(k)] ?? 0) / Double(count)
            largest = max(largest, abs(sum - share))
            probability *= mean / Double(k + 1)
        }
        // 1.95 is the quantile of 0.1 % of the Kolmogorov distribution.
        #expect(largest < 1.95 / Double(count).squareRoot())
        // Neighbors share bits of the field, but none of their own.
        for shift in 1...8 {
            let product = (0..<count - shift).reduce(0.0) {
                (sum: Double, i: Int) -> Double in sum + (counts[i] - average) * (counts[i + shift] - average)
            }
            #expect(abs(product / Double(count) / variance) < 4 / Double(count).squareRoot())
        }
    }

    @Test func partsOfTheUnitIntervalStandForTheirCounts() {
        for mean in [0.001, 2, 9.9, 480] {
            let counts = CountDistribution(poisson: mean)
            for (part, number) in counts.parts(step: 1).enumerated() {
                let (lower, upper) = (Double(part) / 4096, Double(part + 1) / 4096)
                let (first, last) = (counts.number(at: lower), counts.number(at: upper.nextDown))
                #expect(first == last ? number == Float(first) : number.isNaN)
            }
        }
    }

    @Test func sharedImagesAreCopiedFirst() throws {
        let image = row(100)
        var changed = image
        try changed.addNoise(.gaussian(3), key: 7)
        #expect(image == row(100))
        #expect(changed == (try image.addingGaussianNoise(deviation: 3, key: 7)))
        #expect(changed != image)
        #expect(throws: ImageError.self) { try changed.addPoissonCounts(mean: .nan, step: 1, key: 1) }
        #expect(throws: ImageError.self) { try changed.addNoise(.laplace(.infinity), key: 1) }
    }
}
