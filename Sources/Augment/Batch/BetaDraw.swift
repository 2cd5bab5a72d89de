import Glibc

extension Draws {
    /// A number of the Beta distribution whose two parameters are the same: near 0 and 1 for a small one, near ½ for a
    /// large one.
    ///
    /// Two Gamma numbers by Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), and the first over
    /// their sum; logarithms, because the numbers of small parameters are smaller than any `Double`.
    func beta(_ alpha: Double, named name: String) -> Double {
        let draws = part(name)
        let (a, b) = (draws.part("a").logGamma(alpha), draws.part("b").logGamma(alpha))
        return 1 / (1 + exp(b - a))
    }

    /// The logarithm of a number of the Gamma distribution of scale 1.
    private func logGamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return logGamma(shape + 1) + log(1 - unit(named: "boost")) / shape }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        for attempt in 0..<64 {
            let x = value(of: .normal(mean: 0, deviation: 1), named: "normal", index: attempt)
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let u = 1 - unit(named: "uniform", index: attempt)
            if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return log(d * v) }
        }
        return log(d)
    }
}
