import ImageProcessing

/// Bends values by a curve from black to white with two control points: a cubic Bézier curve.
///
/// Any image: the curve lies between black and white, or between the smallest and largest value where the domain has neither.
/// Values beyond take its ends.
public struct ToneCurve: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ToneCurve>(
        "tone_curve", "Bends values by a curve from black to white with two control points.", group: .intensity,
        domain: .any,
        parameters: [
            .distribution("low", \.low, unit: .fraction, in: -1...2, "Height of the control point of dark values."),
            .distribution("high", \.high, unit: .fraction, in: -1...2, "Height of the control point of bright values."),
        ])

    /// Height of the first control point; 1/3 is straight.
    public var low = Distribution.fixed(1.0 / 3)
    /// Height of the second control point; 2/3 is straight.
    public var high = Distribution.fixed(2.0 / 3)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["low": [draws.value(of: low, named: "low")], "high": [draws.value(of: high, named: "high")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (low, high) = (values["low"], values["high"])
        guard abs(low - 1.0 / 3) > 1e-12 || abs(high - 2.0 / 3) > 1e-12 else { return [] }
        let curve = (0..<1024).map { step in
            let t = Double(step) / 1023
            let u = 1 - t
            return min(max(3 * u * u * t * low + 3 * u * t * t * high + t * t * t, 0), 1)
        }
        return [ValueTable.operation(curve, in: scene)]
    }
}
