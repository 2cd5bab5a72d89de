import ImageCore
import ImageProcessing

/// Moves the smallest and the largest value of the whole image to two numbers, and what lies between in proportion.
///
/// Any image. A constant image becomes the lower number. The result is made of floats.
public struct MinMax: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<MinMax>(
        "min_max", "Moves the smallest and largest value of the image to two numbers; the result is made of floats.",
        group: .preparation,
        parameters: [
            .number("lower", \.lower, unit: .value, in: -1e9...1e9, "What the smallest value becomes."),
            .number("upper", \.upper, unit: .value, in: -1e9...1e9, "What the largest value becomes."),
        ])

    /// What the smallest value becomes.
    public var lower = 0.0
    /// What the largest value becomes.
    public var upper = 1.0

    /// Every parameter at its default.
    public init() {}

    /// Numbers in the wrong order.
    public var conflict: (expected: String, found: String)? { Limits.conflict("lower", lower, "upper", upper) }

    /// Nothing is drawn.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What the parameters do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (lower, upper) = (lower, upper)
        return [
            .measured { measures in
                let (smallest, largest) = (measures.minimum.min() ?? 0, measures.maximum.max() ?? 0)
                let scale = largest > smallest ? (upper - lower) / (largest - smallest) : 0
                return [.linear(scale: [scale], bias: [lower - smallest * scale])]
            }, .output(OutputForm(kind: .float32, domain: lower == 0 && upper == 1 ? .unit : .range(lower...upper))),
        ]
    }
}
