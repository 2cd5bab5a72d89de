import ImageProcessing

/// Moves the control points of a straight line from black to white up and down, without changing their order.
///
/// Any image; see ``ToneCurve`` for black and white. Each inner point is drawn between the one before it and the place of the
/// one after it, as in MONAI's histogram shift.
public struct HistogramShift: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HistogramShift>(
        "histogram_shift", "Moves control points between black and white without changing the order of values.",
        group: .intensity, domain: .any,
        parameters: [
            .integer("points", \.points, in: 3...256, "Number of control points, black and white among them."),
            .distribution(
                "strength", \.strength, unit: .factor, in: 0...1, "0 changes nothing, 1 moves points freely."),
        ])

    /// Number of control points.
    public var points = 10
    /// How far the points move.
    public var strength = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let strength = draws.value(of: strength, named: "strength")
        let straight = (0..<points).map { Double($0) / Double(points - 1) }
        var moved = straight
        for i in 1..<points - 1 {
            moved[i] = draws.value(of: .uniform(moved[i - 1], straight[i + 1]), named: "point", index: i)
        }
        return DrawnValues(["curve": zip(straight, moved).map { $0 + strength * ($1 - $0) }, "strength": [strength]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        values["strength"] == 0 ? [] : [ValueTable.operation(values.list("curve"), in: scene)]
    }
}
