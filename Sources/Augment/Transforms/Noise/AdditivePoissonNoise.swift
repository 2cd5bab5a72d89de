import Glibc
import ImageCore

/// Adds a Poisson-distributed count to every sample.
///
/// Any image. Unlike `poisson_noise` the noise does not depend on the image and makes it brighter: what ECVL and imgaug call
/// additive Poisson noise.
public struct AdditivePoissonNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<AdditivePoissonNoise>(
        "additive_poisson_noise", "Adds a Poisson-distributed count to every sample.", group: .noise,
        parameters: [
            .distribution("mean", \.mean, unit: .count, in: 0...500, "Mean of the counts, and their variance."),
            .number("step", \.step, unit: .valueRange, in: 0...1e6, "What one count adds."),
        ])

    /// Mean of the counts.
    public var mean = Distribution.uniform(0, 10)
    /// What one count adds; the default is one step of 8 bits.
    public var step = 1.0 / 255

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["mean": [draws.value(of: mean, named: "mean")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (mean, step) = (values["mean"], step * scene.valueRange)
        guard mean > 0, step > 0 else { return [] }
        let key = KeyedHash(seed: draws.noiseKey())
        let table = Self.cumulative(mean)
        let guide = Self.guide(to: table)
        return [
            .image { image, index in
                let key = key.combined(with: UInt64(index))
                let count = image.count
                var samples = image.mutableSamples
                for i in 0..<count {
                    let unit = Double(key.combined(with: UInt64(i)).value >> 11) * 0x1p-53
                    samples[i] += Float(step * Double(Self.position(of: unit, in: table, guide)))
                }
            }
        ]
    }

    /// The probabilities of at most 0, 1, 2 … counts, up to where the rest is lost in the last bit.
    static func cumulative(_ mean: Double) -> [Double] {
        let last = Int(mean + 12 * mean.squareRoot()) + 24
        var sum = 0.0
        return (0...last).map { count in
            sum += exp(Double(count) * log(mean) - mean - lgamma(Double(count) + 1))
            return sum
        }
    }

    /// For each of 256 equal parts from 0 to 1, the first entry above its lower end.
    private static func guide(to table: [Double]) -> [Int] {
        (0..<256).map { part in table.firstIndex { $0 > Double(part) / 256 } ?? table.count - 1 }
    }

    /// The first entry above a number (inversion with a guide table; Devroye 1986, section III.2.4).
    private static func position(of unit: Double, in table: [Double], _ guide: [Int]) -> Int {
        var index = guide[Int(unit * 256)]
        while index < table.count - 1, table[index] <= unit { index += 1 }
        return index
    }
}
