import ImageProcessing

/// Multiplies and shifts all values.
///
/// Any image. The shift counts in the value range of the image, or in its own numbers where it has no black and white.
public struct Brightness: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Brightness>(
        "brightness", "Multiplies values by a factor and adds a shift.", group: .intensity, domain: .any,
        parameters: [
            .distribution("factor", \.factor, unit: .factor, in: 0...100, "What values are multiplied by."),
            .distribution("shift", \.shift, unit: .valueRange, in: -1e6...1e6, "What is added after that."),
        ])

    /// What values are multiplied by.
    public var factor = Distribution.fixed(1)
    /// What is added, in the value range.
    public var shift = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "factor": [draws.value(of: factor, named: "factor")], "shift": [draws.value(of: shift, named: "shift")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (factor, shift) = (values["factor"], values["shift"] * scene.valueRange)
        return factor == 1 && shift == 0 ? [] : [.pixels([.linear(scale: [factor], bias: [shift])])]
    }
}
