package import ImageCore

/// A distribution of whole numbers from 0 on, drawn by inversion.
struct CountDistribution {
    /// The probabilities of at most 0, 1, 2 …; the last one counts as 1.
    let cumulative: [Double]

    /// The equal parts of the unit interval that most draws are told by.
    static let partCount = 4096

    /// The Poisson distribution, up to where the rest is lost in the last bit.
    ///
    /// - Precondition: a mean above 0.
    init(poisson mean: Double) {
        let last = Int(mean + 12 * mean.squareRoot()) + 24
        var (sum, sums) = (0.0, [Double]())
        for count in 0...last {
            sum += exponential(Double(count) * logarithm(mean) - mean - NoiseField.logarithmOfFactorial(Double(count)))
            sums.append(sum)
        }
        cumulative = sums
    }

    /// The first number whose probability is above one: inversion (Devroye 1986, section III.2).
    func number(at unit: Double) -> Int {
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > unit { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// For each part the number that all of it stands for, times a step; NaN where it stands for several.
    func parts(step: Double) -> [Float] {
        var (parts, number) = ([Float](), 0)
        parts.reserveCapacity(Self.partCount)
        for part in 0..<Self.partCount {
            let (lower, upper) = (Double(part) / Double(Self.partCount), Double(part + 1) / Double(Self.partCount))
            while number < cumulative.count - 1, cumulative[number] <= lower { number += 1 }
            let isWhole = number == cumulative.count - 1 || cumulative[number] >= upper
            parts.append(isWhole ? Float(step * Double(number)) : .nan)
        }
        return parts
    }
}

extension Image<Float> {
    /// Adds a Poisson-distributed count, times a step, to every sample where it is; a shared or strided image is copied
    /// first.
    ///
    /// The count of a sample is a function of the key and of its index in C order: four samples share the bits of
    /// ``NoiseField`` at a quarter of their index, 16 of them each, of which the upper 12 choose a part of the unit interval.
    /// Where that stands for several counts, the upper 53 bits of the field ``NoiseField/part(_:)`` 1 say where in it.
    /// - Parameters:
    ///   - mean: The mean of the counts.
    ///   - step: What one count adds.
    ///   - key: The key of the field of noise.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a mean below 0 or above 10⁶, or a step that is not finite.
    package mutating func addPoissonCounts(mean: Double, step: Double, key: UInt64) throws(ImageError) {
        guard (0...1e6).contains(mean), step.isFinite else {
            throw .invalidArgument("expected a mean from 0 to 10⁶ and a finite step, found \(mean) and \(step)")
        }
        guard mean > 0, step != 0 else { return }
        let counts = CountDistribution(poisson: mean)
        var samples = mutableSamples
        NoiseKernel.add(counts, step: step, NoiseField(key: key), to: &samples, .best)
    }
}
