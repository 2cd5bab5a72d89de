public import ImageProcessing

/// Brings means and deviations of colors to ones that are drawn for each sample: RandStainNA.
///
/// RGB only. Y. Shen et al., "RandStainNA: learning stain-agnostic features from histology slides by bridging stain
/// augmentation and normalization", MICCAI 2022, 212–221. Each of the three coordinates has a normal distribution for its mean
/// and one for its deviation. A blank tile stays as it is.
public struct RandStainNA: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RandStainNA>(
        "rand_stain_na", "Brings means and deviations of colors to ones that are drawn for each sample.", group: .stain,
        domain: .rgb,
        parameters: [
            .choice("space", \.space, "lab (L 0 to 100), hsv (degrees, 0 to 1, 0 to 1) or hed (optical density)."),
            .numbers("mean", \.mean, in: -400...400, count: 3...3, "The middle of the means, one for each coordinate."),
            .numbers(
                "mean_spread", \.meanSpread, in: 0...400, count: 3...3, "The standard deviation of the means."),
            .numbers("deviation", \.deviation, in: 0...400, count: 3...3, "The middle of the deviations."),
            .numbers(
                "deviation_spread", \.deviationSpread, in: 0...400, count: 3...3,
                "The standard deviation of the deviations."),
        ])

    /// Where the statistics are taken.
    public var space = StatisticsSpace.lab
    /// The middle of the means.
    public var mean = [70.0, 20, -12]
    /// The standard deviation of the means.
    public var meanSpread = [6.0, 5, 4]
    /// The middle of the deviations.
    public var deviation = [14.0, 10, 8]
    /// The standard deviation of the deviations.
    public var deviationSpread = [3.0, 2, 2]

    /// Every parameter at its default.
    public init() {}

    /// Draws the statistics.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        func normal(_ middle: [Double], _ spread: [Double], _ name: String) -> [Double] {
            (0..<3).map { draws.value(of: .normal(mean: middle[$0], deviation: spread[$0]), named: name, index: $0) }
        }
        return DrawnValues([
            "mean": normal(mean, meanSpread, "mean"),
            "deviation": normal(deviation, deviationSpread, "deviation").map { max(0, $0) },
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let model = ReinhardModel(
            space: space, mean: SIMD3(values.list("mean")), deviation: SIMD3(values.list("deviation")))
        return [ColorStatistics.operation(model, white: scene.blackAndWhite?.upperBound ?? 1, name: Self.name)]
    }
}
