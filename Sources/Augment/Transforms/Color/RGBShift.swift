import ImageProcessing

/// Adds a number of its own to red, green and blue.
///
/// RGB only.
public struct RGBShift: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RGBShift>(
        "rgb_shift", "Adds a number of its own to red, green and blue.", group: .color, domain: .rgb,
        parameters: [
            .distribution("red", \.red, unit: .valueRange, in: -1e6...1e6, "What is added to red."),
            .distribution("green", \.green, unit: .valueRange, in: -1e6...1e6, "What is added to green."),
            .distribution("blue", \.blue, unit: .valueRange, in: -1e6...1e6, "What is added to blue."),
        ])

    /// What is added to red.
    public var red = Distribution.fixed(0)
    /// What is added to green.
    public var green = Distribution.fixed(0)
    /// What is added to blue.
    public var blue = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let all = [("red", red), ("green", green), ("blue", blue)]
        return DrawnValues(["shift": all.map { draws.value(of: $0.1, named: $0.0) }])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let shift = values.list("shift").map { $0 * scene.valueRange }
        return shift.allSatisfy { $0 == 0 } ? [] : [.pixels([.linear(scale: [1], bias: shift)])]
    }
}
