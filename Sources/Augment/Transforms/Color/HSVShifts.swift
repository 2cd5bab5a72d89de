import ImageProcessing

/// Turns hue, and multiplies saturation and value in the HSV model.
///
/// RGB only; saturation and value are limited to what the model has.
public struct HSVShifts: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HSVShifts>(
        "hsv_shift", "Turns hue, and multiplies saturation and value.", group: .color, domain: .rgb,
        parameters: [
            .distribution("hue", \.hue, unit: .degrees, in: -360...360, "Angle from red towards green."),
            .distribution("saturation", \.saturation, unit: .factor, in: 0...100, "What saturation is multiplied by."),
            .distribution("value", \.value, unit: .factor, in: 0...100, "What the value is multiplied by."),
        ])

    /// Degrees.
    public var hue = Distribution.fixed(0)
    /// What saturation is multiplied by.
    public var saturation = Distribution.fixed(1)
    /// What the value is multiplied by.
    public var value = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "hue": [draws.value(of: hue, named: "hue")],
            "saturation": [draws.value(of: saturation, named: "saturation")],
            "value": [draws.value(of: value, named: "value")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let degrees = values["hue"].truncatingRemainder(dividingBy: 360)
        let (saturation, value) = (values["saturation"], values["value"])
        guard degrees != 0 || saturation != 1 || value != 1 else { return [] }
        let white = scene.blackAndWhite?.upperBound ?? 1
        return [.pixels([.hsv(hueDegrees: degrees, saturation: saturation, value: value, white: white)])]
    }
}
