import Foundation
import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Fields of noise")
struct NoiseFieldTests {
    private let field = NoiseField(key: 1_234_567)

    /// Largest distance between the distribution of samples and a given one (Kolmogorov and Smirnov).
    private func distance(_ samples: [Double], _ distribution: (Double) -> Double) -> Double {
        let sorted = samples.sorted()
        let count = Double(sorted.count)
        return sorted.enumerated().map { index, value in
            let expected = distribution(value)
            return max(abs(expected - Double(index) / count), abs(Double(index + 1) / count - expected))
        }.max() ?? 1
    }

    /// 1.95 is the quantile of 0.1 % of the Kolmogorov distribution.
    private func bound(_ count: Int) -> Double { 1.95 / Double(count).squareRoot() }

    @Test func bitsAreThoseOfTheKeyedHash() {
        var hash = KeyedHash(seed: 3)
        let key = hash.value
        for index in [0, 1, 77, 1 << 40, -1] {
            hash = KeyedHash(seed: 3).combined(with: UInt64(bitPattern: Int64(index)))
            #expect(NoiseField(key: key).bits(at: index) == hash.value)
        }
    }

    /// The numbers were calculated in double precision by Python's math module from the definition.
    @Test func numbersFollowTheirDefinition() {
        let normals: [Float] = [
            1.465_005_52, 0.557_871_86, 0.800_881_51, 0.080_443_997, -0.748_343_45, 1.429_425_6, 0.276_514_25,
            1.146_774_54,
        ]
        let laplace: [Float] = [0.868_844_09, 0.229_061_03, 0.920_396_87, -0.491_987_92]
        for (index, expected) in normals.enumerated() {
            #expect(abs(field.normal(at: index) - expected) < 2e-6)
        }
        for (index, expected) in laplace.enumerated() {
            #expect(abs(field.laplace(at: index) - expected) < 1e-6)
        }
    }

    @Test func functionsArePreciseOverTheirWholeRange() {
        for bits in [0, 1, 2, 1000, 0x7FFF_FFFF, 0x8000_0000, 0xBFFF_FFFF, 0xC000_0000, 0xFFFF_0000, 0xFFFF_FFFF]
            as [UInt32]
        {
            let exact = log((Double(bits) + 0.5) * 0x1p-32)
            #expect(abs(Double(NoiseField.logarithmOfUnit(bits)) - exact) <= 3e-7 * abs(exact))
        }
        for step in 0..<4096 {
            let bits = UInt32(step) << 20 &+ 0x12345
            let angle = 2 * Double.pi * Double(bits) * 0x1p-32
            let found = NoiseField.direction(bits)
            #expect(abs(Double(found.x) - cos(angle)) < 2e-7 && abs(Double(found.y) - sin(angle)) < 2e-7)
        }
    }

    @Test func samplesHaveTheirDistribution() {
        let count = 100_000
        let uniform = (0..<count).map { Double(field.uniform(at: $0)) }
        let normal = (0..<count).map { Double(field.normal(at: $0)) }
        let laplace = (0..<count).map { Double(field.laplace(at: $0)) }
        #expect(distance(uniform) { $0 } < bound(count))
        let root = 2.0.squareRoot()
        #expect(distance(normal) { (x: Double) -> Double in 0.5 * erfc(-x / root) } < bound(count))
        let double = { (x: Double) -> Double in
            let tail = 0.5 * exp(-abs(x) * root)
            return x < 0 ? tail : 1 - tail
        }
        #expect(distance(laplace, double) < bound(count))
        #expect(uniform.allSatisfy { $0 > 0 && $0 < 1 })
    }

    @Test func neighborsAndPartsAreIndependent() {
        let count = 100_000
        func correlation(_ a: [Double], _ b: [Double]) -> Double {
            a.indices.reduce(0.0) { (sum: Double, i: Int) -> Double in sum + a[i] * b[i] } / Double(count)
        }
        let normal = (0..<count).map { Double(field.normal(at: $0)) }
        let limit = 4 / Double(count).squareRoot()
        for shift in [1, 2, 3, 64] {
            let moved = (0..<count).map { Double(field.normal(at: $0 + shift)) }
            #expect(abs(correlation(normal, moved)) < limit)
        }
        for other in [field.part(0), field.part(1), NoiseField(key: field.key &+ 1)] {
            #expect(abs(correlation(normal, (0..<count).map { Double(other.normal(at: $0)) })) < limit)
        }
        #expect(field.part(0) != field.part(1))
    }

    @Test(arguments: [0.03, 0.5, 3, 9.99, 10, 10.5, 30, 400, 1e6])
    func countsHaveMeanVarianceAndDistribution(mean: Double) {
        let count = 40_000
        let counts = (0..<count).map { field.poisson(mean: mean, at: $0) }
        let average = counts.reduce(0, +) / Double(count)
        let variance = counts.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(count)
        #expect(abs(average - mean) < 4.5 * (mean / Double(count)).squareRoot())
        // The variance of the sample variance is about (2 + 1/mean) · mean² / n.
        #expect(abs(variance - mean) < 4.5 * mean * ((2 + 1 / mean) / Double(count)).squareRoot())
        #expect(counts.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
        guard mean <= 400 else { return }
        // The distribution by its recurrence, against the share of samples up to each count.
        var (probability, sum, largest) = (exp(-mean), 0.0, 0.0)
        let histogram = Dictionary(counts.map { ($0, 1.0) }, uniquingKeysWith: +)
        var share = 0.0
        for k in 0..<1000 {
            sum += probability
            share += (histogram[Double(k)] ?? 0) / Double(count)
            largest = max(largest, abs(sum - share))
            probability *= mean / Double(k + 1)
        }
        #expect(largest < bound(count))
    }

    @Test func countsOfNothingAndOfTooMuch() {
        #expect(field.poisson(mean: 0, at: 3) == 0)
        #expect(field.poisson(mean: -2, at: 3) == 0)
        #expect(field.poisson(mean: 1e15, at: 3) == 1e15)
        #expect(field.poisson(mean: .infinity, at: 3) == .infinity)
        #expect(field.poisson(mean: .nan, at: 3).isNaN)
        for n in [0.0, 1, 2, 9, 10, 11, 50, 170] {
            #expect(abs(NoiseField.logarithmOfFactorial(n) - lgamma(n + 1)) < 1e-9)
        }
    }
}
