import ImageCore

/// Divides labels by a number and rounds: masks of 0 and 255 become masks of 0 and 1.
///
/// Any labels; images are left alone.
public struct DivideLabels: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<DivideLabels>(
        "divide_labels", "Divides labels by a number and rounds.", group: .preparation,
        parameters: [.number("divisor", \.divisor, unit: .value, in: 1...1e9, "What labels are divided by.")])

    /// What labels are divided by.
    public var divisor = 255.0

    /// Every parameter at its default.
    public init() {}

    /// Nothing is drawn.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What the parameter does.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let divisor = divisor
        guard divisor != 1 else { return [] }
        return [
            .labels { labels throws(AugmentError) in
                do {
                    return try labels.accept(numeric: Division(divisor: divisor))
                } catch {
                    throw .sample("\(error)")
                }
            }
        ]
    }
}

private struct Division: NumericImageVisitor {
    let divisor: Double

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        let divisor = divisor
        return AnyImage(
            image.map { (value: Scalar) -> Scalar in
                Scalar(saturating: (value.doubleValue / divisor).rounded(.toNearestOrAwayFromZero))
            })
    }

    func visit(mask: Image<Bool>) throws(ImageError) -> AnyImage { .bool(mask) }
}
