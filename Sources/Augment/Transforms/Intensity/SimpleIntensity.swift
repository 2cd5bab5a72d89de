import ImageCore
import ImageProcessing

/// Exchanges dark and bright.
///
/// Any image: black and white change places, or the smallest and largest value of each channel where the domain has neither.
public struct Invert: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Invert>(
        "invert", "Exchanges dark and bright.", group: .intensity, domain: .any)

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        if let limits = scene.blackAndWhite {
            return [.pixels([.linear(scale: [-1], bias: [limits.lowerBound + limits.upperBound])])]
        }
        return [
            .measured { measures in
                let sums = zip(measures.minimum, measures.maximum).map { $0 + $1 }
                return [.linear(scale: sums.map { _ in -1 }, bias: sums)]
            }
        ]
    }
}

/// Keeps only some levels between black and white, each value taking the level below it.
///
/// Any image with black and white, otherwise between smallest and largest value of each channel. For 8 bits and a power of
/// two the same as keeping the highest bits.
public struct Posterize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Posterize>(
        "posterize", "Keeps only some levels between black and white.", group: .intensity, domain: .any,
        parameters: [
            .distribution(
                "bits", \.bits, unit: .count, in: 1...16, "2 to this number of levels stay, rounded to whole.")
        ])

    /// 2 to this number of levels stay.
    public var bits = Distribution.fixed(4)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["bits": [draws.value(of: bits, named: "bits").rounded()]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let bits = values["bits"]
        if scene.kind == .uint8 && bits >= 8 { return [] }
        let limits = scene.blackAndWhite
        let isInteger = !scene.kind.isFloatingPoint
        return [
            .image { image, _ in
                let levels = Float(1 << Int(min(max(bits, 1), 16)))
                PlaneChange.change(&image, limits) { value, black, white in
                    // White of integers is the last value, not the end of the range.
                    let step = (white - black + (isInteger ? 1 : 0)) / levels
                    let rounded = isInteger ? value.rounded(.toNearestOrAwayFromZero) : value
                    return min(max(black + ((rounded - black) / step).rounded(.down) * step, black), white)
                }
            }
        ]
    }
}

/// Inverts the values at and above a threshold.
///
/// Any image with black and white, otherwise between smallest and largest value of each channel.
public struct Solarize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Solarize>(
        "solarize", "Inverts the values at and above a threshold.", group: .intensity, domain: .any,
        parameters: [
            .distribution(
                "threshold", \.threshold, unit: .fraction, in: 0...2, "Where it begins, from black (0) to white (1).")
        ])

    /// Where it begins; above 1 nothing changes.
    public var threshold = Distribution.fixed(0.5)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["threshold": [draws.value(of: threshold, named: "threshold")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (threshold, limits) = (Float(values["threshold"]), scene.blackAndWhite)
        guard threshold <= 1 else { return [] }
        return [
            .image { image, _ in
                PlaneChange.change(&image, limits) { value, black, white in
                    value >= black + threshold * (white - black) ? black + white - value : value
                }
            }
        ]
    }
}

/// Cuts values off at percentiles of each channel that are drawn anew for each sample.
public struct RandomClip: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RandomClip>(
        "random_clip", "Cuts values off at percentiles of each channel.", group: .intensity, domain: .any,
        parameters: [
            .distribution("lower", \.lower, unit: .none, in: 0...100, "Percentile below which values are cut off."),
            .distribution("upper", \.upper, unit: .none, in: 0...100, "Percentile above which values are cut off."),
        ])

    /// Percentile below which values are cut off.
    public var lower = Distribution.fixed(0)
    /// Percentile above which values are cut off.
    public var upper = Distribution.fixed(100)

    /// Every parameter at its default.
    public init() {}

    /// Percentiles in the wrong order.
    public var conflict: (expected: String, found: String)? { Limits.conflict(lower: lower, upper: upper) }

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "lower": [draws.value(of: lower, named: "lower")], "upper": [draws.value(of: upper, named: "upper")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (lower, upper) = (min(values["lower"], values["upper"]), max(values["lower"], values["upper"]))
        guard lower > 0 || upper < 100 else { return [] }
        return [.observed { image throws(AugmentError) in [try Percentile.limits(of: image, lower, upper)] }]
    }
}

/// Spreads the values between two that are drawn over the whole range; what lies beyond goes beyond.
///
/// Any image: from black to white, or between the smallest and largest value of each channel where the domain has neither.
public struct LinearWindow: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LinearWindow>(
        "linear_window", "Spreads the values between two drawn ones over the whole range.", group: .intensity,
        domain: .any,
        parameters: [
            .distribution("lower", \.lower, unit: .fraction, in: -10...10, "What becomes black, from black to white."),
            .distribution("upper", \.upper, unit: .fraction, in: -10...10, "What becomes white, from black to white."),
        ])

    /// What becomes black.
    public var lower = Distribution.fixed(0)
    /// What becomes white.
    public var upper = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Values in the wrong order.
    public var conflict: (expected: String, found: String)? { Limits.conflict(lower: lower, upper: upper) }

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values(["lower": lower, "upper": upper])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (lower, upper) = (values["lower"], values["upper"])
        guard lower != 0 || upper != 1 else { return [] }
        let factor = 1 / (upper - lower)
        // black + ((v − black)/(white − black) − lower) · factor · (white − black)
        let linear = { @Sendable (black: [Double], white: [Double]) in
            let bias = zip(black, white).map { $0 * (1 - factor) - lower * factor * ($1 - $0) }
            return RowOperation.linear(scale: bias.map { _ in factor }, bias: bias)
        }
        if let limits = scene.blackAndWhite { return [.pixels([linear([limits.lowerBound], [limits.upperBound])])] }
        return [
            .measured { [linear($0.minimum, $0.maximum)] }
        ]
    }
}
