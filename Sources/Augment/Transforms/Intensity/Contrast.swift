import ImageProcessing

/// Moves values away from their mean, or towards it.
///
/// Any image. The mean is that of each channel.
public struct Contrast: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Contrast>(
        "contrast", "Multiplies the distance of values from the mean of their channel.", group: .intensity,
        domain: .any,
        parameters: [
            .distribution("factor", \.factor, unit: .factor, in: 0...100, "Above 1 raises contrast."),
            .flag(
                "preserve_range", \.preserveRange, "Whether the smallest and largest value of each channel stay limits."
            ),
        ])

    /// What the distance from the mean is multiplied by.
    public var factor = Distribution.fixed(1)
    /// Whether the smallest and largest value of each channel stay limits, as in the nnU-Net recipe.
    public var preserveRange = false

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["factor": [draws.value(of: factor, named: "factor")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (factor, preserveRange) = (values["factor"], preserveRange)
        guard factor != 1 else { return [] }
        guard preserveRange else { return [.averaged { [Self.spread($0, by: factor)] }] }
        return [
            .measured { measures in
                [Self.spread(measures.mean, by: factor), .limits(lower: measures.minimum, upper: measures.maximum)]
            }
        ]
    }

    /// Values farther from the mean of their channel by a factor.
    private static func spread(_ means: [Double], by factor: Double) -> RowOperation {
        .linear(scale: means.map { _ in factor }, bias: means.map { $0 * (1 - factor) })
    }
}
