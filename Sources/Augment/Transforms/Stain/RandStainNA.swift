import Glibc
public import ImageProcessing

/// Brings means and deviations of colors to ones that are drawn for each sample: RandStainNA.
///
/// RGB only. Y. Shen et al., "RandStainNA: learning stain-agnostic features from histology slides by bridging stain
/// augmentation and normalization", MICCAI 2022, 212–221. Each of the three coordinates has a distribution for its mean and one
/// for its deviation. The defaults are numbers of CIELAB; other spaces need their own. A blank tile stays as it is.
public struct RandStainNA: Transform {
    /// How means and deviations vary about their middle.
    public enum Variation: String, Sendable, Hashable, CaseIterable {
        /// A normal distribution whose standard deviation is the spread.
        case normal
        /// A Laplace distribution whose scale is the spread.
        case laplace
        /// Every value up to three times the spread away is as likely.
        case uniform
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RandStainNA>(
        "rand_stain_na", "Brings means and deviations of colors to ones that are drawn for each sample.", group: .stain,
        domain: .rgb,
        parameters: [
            .choice("space", \.space, "lab (L 0 to 100), hsv (degrees, 0 to 1, 0 to 1) or hed (optical density)."),
            .choice("distribution", \.distribution, "How means and deviations vary; uniform is within three spreads."),
            .numbers(
                "mean", \.mean, in: -400...400, count: 3...3,
                "The middle of the means, one for each coordinate; the default is for lab, other spaces need theirs."),
            .numbers(
                "mean_spread", \.meanSpread, in: 0...400, count: 3...3,
                "How far the means vary: standard deviation (normal), scale (laplace), a third of the reach (uniform)."),
            .numbers(
                "deviation", \.deviation, in: 0...400, count: 3...3,
                "The middle of the deviations; the default is for lab."),
            .numbers(
                "deviation_spread", \.deviationSpread, in: 0...400, count: 3...3,
                "How far the deviations vary, as mean_spread."),
        ])

    /// Where the statistics are taken.
    public var space = StatisticsSpace.lab
    /// How means and deviations vary.
    public var distribution = Variation.normal
    /// The middle of the means.
    public var mean = [70.0, 20, -12]
    /// How far the means vary.
    public var meanSpread = [6.0, 5, 4]
    /// The middle of the deviations.
    public var deviation = [14.0, 10, 8]
    /// How far the deviations vary.
    public var deviationSpread = [3.0, 2, 2]

    /// Every parameter at its default.
    public init() {}

    /// Means and deviations that colors do not have in the space: numbers of another one.
    public var conflict: (expected: String, found: String)? {
        for (axis, range) in space.range.enumerated() {
            guard !range.contains(mean[axis]) || deviation[axis] > range.upperBound - range.lowerBound else { continue }
            return (
                expected: "mean and deviation of \(space.rawValue), coordinate \(axis + 1) from \(range.text)",
                found: "\(mean.listText) and \(deviation.listText)"
            )
        }
        return nil
    }

    /// Draws the statistics.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        func drawn(_ middle: [Double], _ spread: [Double], _ name: String) -> [Double] {
            (0..<3).map { value(draws, about: middle[$0], spread[$0], named: name, index: $0) }
        }
        return DrawnValues([
            "mean": drawn(mean, meanSpread, "mean"),
            "deviation": drawn(deviation, deviationSpread, "deviation").map { max(0, $0) },
        ])
    }

    private func value(
        _ draws: Draws, about middle: Double, _ spread: Double, named name: String, index: Int
    ) -> Double {
        switch distribution {
        case .normal: return draws.value(of: .normal(mean: middle, deviation: spread), named: name, index: index)
        case .uniform:
            return draws.value(of: .uniform(middle - 3 * spread, middle + 3 * spread), named: name, index: index)
        case .laplace:
            // The inverse of the distribution function; 53 bits of chance end it at 36 spreads.
            let place = draws.unit(named: name, index: index) - 0.5
            let distance = -log(max(1 - 2 * abs(place), 0x1p-53))
            return middle + (place < 0 ? -spread : spread) * distance
        }
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let model = ReinhardModel(
            space: space, mean: SIMD3(values.list("mean")), deviation: SIMD3(values.list("deviation")))
        return [ColorStatistics.operation(model, white: scene.blackAndWhite?.upperBound ?? 1, name: Self.name)]
    }
}

extension StatisticsSpace {
    /// The numbers that colors have along each coordinate.
    fileprivate var range: [ClosedRange<Double>] {
        switch self {
        case .lab: [0...100, -128...128, -128...128]
        case .hsv: [0...360, 0...1, 0...1]
        // The largest density of 8 bits is ln 255 = 5.5; stains of like color give more to one and less to another.
        case .hed: [-10...10, -10...10, -10...10]
        }
    }
}
