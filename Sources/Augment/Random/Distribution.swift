import Glibc
import ImageCore

/// How a parameter varies from sample to sample.
///
/// In a pipeline file: a plain number, `{uniform: [a, b]}`, `{log_uniform: [a, b]}`, `{inverse_uniform: [a, b]}`,
/// `{normal: [mean, deviation]}` or `{choice: [a, b, c]}`. A bare number is always a fixed value, never a range about zero.
public enum Distribution: Sendable, Hashable {
    /// Always the same.
    case fixed(Double)
    /// Every value from the first up to the second is as likely.
    case uniform(Double, Double)
    /// The logarithm is uniform; both ends are above 0.
    case logUniform(Double, Double)
    /// One divided by a number that is uniform between both ends, which are above 0.
    case inverseUniform(Double, Double)
    /// A normal distribution by mean and standard deviation, cut at four deviations.
    case normal(mean: Double, deviation: Double)
    /// One of several, each as likely.
    case choice([Double])

    /// The smallest and largest value that can be drawn.
    public var bounds: ClosedRange<Double> {
        switch self {
        case .fixed(let value): value...value
        case .uniform(let a, let b), .logUniform(let a, let b): min(a, b)...max(a, b)
        case .inverseUniform(let a, let b): 1 / max(a, b)...1 / min(a, b)
        case .normal(let mean, let deviation): mean - 4 * abs(deviation)...mean + 4 * abs(deviation)
        case .choice(let values): (values.min() ?? 0)...(values.max() ?? 0)
        }
    }

    /// Whether only one value can be drawn.
    public var isFixed: Bool { bounds.lowerBound == bounds.upperBound }

    /// The value at a point of the key's space.
    func value(at hash: KeyedHash) -> Double {
        switch self {
        case .fixed(let value): value
        case .uniform(let a, let b): a + (b - a) * Self.unit(hash)
        case .logUniform(let a, let b): exp(log(a) + (log(b) - log(a)) * Self.unit(hash))
        case .inverseUniform(let a, let b): 1 / (a + (b - a) * Self.unit(hash))
        case .normal(let mean, let deviation): mean + deviation * Self.normal(hash)
        case .choice(let values): values[min(values.count - 1, Int(Self.unit(hash) * Double(values.count)))]
        }
    }

    /// 53 bits as a number from 0 up to but not including 1.
    private static func unit(_ hash: KeyedHash) -> Double { Double(hash.value >> 11) * 0x1p-53 }

    /// A standard normal number (Box and Muller 1958), drawn again beyond four deviations.
    private static func normal(_ hash: KeyedHash) -> Double {
        for attempt in 0..<UInt64(64) {
            let first = 1 - unit(hash.combined(with: 2 * attempt))
            let second = unit(hash.combined(with: 2 * attempt + 1))
            let value = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
            if abs(value) <= 4 { return value }
        }
        return 0
    }
}
