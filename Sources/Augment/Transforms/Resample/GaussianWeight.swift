import Glibc

/// Weights of Gaussian filters.
enum GaussianWeight {
    /// The weight at a distance; 1 at 0.
    static func value(_ distance: Double, _ sigma: Double) -> Double {
        exp(-distance * distance / (2 * sigma * sigma))
    }

    /// Weights out to three deviations; their sum is 1.
    static func all(_ sigma: Double) -> [Double] {
        let reach = max(1, Int((3 * sigma).rounded(.up)))
        let weights = (-reach...reach).map { value(Double($0), sigma) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}
