extension NoiseField {
    /// A number of the Poisson distribution.
    ///
    /// Below a mean of 10 by counting up the distribution, above by W. Hörmann, "The transformed rejection method for
    /// generating Poisson random variables" (1993), algorithm PTRS. Attempts draw from a field of their own for each index.
    /// - Parameters:
    ///   - mean: The mean; 0 or less gives 0.
    ///   - index: The index of the sample.
    /// - Returns: A whole number of 0 or more; the mean itself where it is not finite or above 2⁴⁰.
    public func poisson(mean: Double, at index: Int) -> Double {
        guard mean > 0 else { return mean.isNaN ? mean : 0 }
        guard mean < 0x1p40 else { return mean }
        return mean < 10 ? counted(mean, at: index) : rejected(mean, at: index)
    }

    private func counted(_ mean: Double, at index: Int) -> Double {
        let unit = Self.doubleUnit(bits(at: index))
        var probability = exponential(-mean)
        var (sum, count) = (probability, 0.0)
        // The bound is never reached: the sum is 1 within rounding long before.
        while unit > sum, count < 200 {
            count += 1
            probability *= mean / count
            sum += probability
        }
        return count
    }

    private func rejected(_ mean: Double, at index: Int) -> Double {
        let attempts = NoiseField(key: bits(at: index))
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverse = 1.1239 + 1.1328 / (b - 3.4)
        let certain = 0.9277 - 3.6224 / (b - 2)
        let logarithmOfMean = logarithm(mean)
        for attempt in 0..<1000 {
            let u = Self.doubleUnit(attempts.bits(at: 2 * attempt)) - 0.5
            let v = Self.doubleUnit(attempts.bits(at: 2 * attempt + 1))
            let side = 0.5 - abs(u)
            let count = ((2 * a / side + b) * u + mean + 0.43).rounded(.down)
            if side >= 0.07 && v <= certain { return count }
            if count < 0 || side < 0.013 && v > side { continue }
            let left = logarithm(v * inverse / (a / (side * side) + b))
            if left <= count * logarithmOfMean - mean - Self.logarithmOfFactorial(count) { return count }
        }
        return mean.rounded()
    }

    private static func doubleUnit(_ bits: UInt64) -> Double { (Double(bits >> 12) + 0.5) * 0x1p-52 }

    /// ln(n!): a product below 10, above Stirling's series, which is right to 10⁻¹⁰ there.
    static func logarithmOfFactorial(_ n: Double) -> Double {
        guard n >= 10 else { return logarithm(stride(from: 2, through: n, by: 1).reduce(1, *)) }
        let r = 1 / n
        let tail = r * (1 / 12 - r * r * (1 / 360 - r * r * (1 / 1260 - r * r / 1680)))
        return (n + 0.5) * logarithm(n) - n + 0.918_938_533_204_672_7 + tail
    }
}
