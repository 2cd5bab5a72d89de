import ImageCore
import ImageProcessing

/// Turns hue, and multiplies saturation and value in the HSV model, then adds to both.
///
/// RGB only; saturation and value are limited to what the model has. Gray pixels have no hue and stay gray.
public struct HSVShifts: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HSVShifts>(
        "hsv_shift", "Turns hue, multiplies saturation and value, and adds to both.", group: .color, domain: .rgb,
        parameters: [
            .distribution("hue", \.hue, unit: .degrees, in: -360...360, "Angle from red towards green."),
            .distribution("saturation", \.saturation, unit: .factor, in: 0...100, "What saturation is multiplied by."),
            .distribution("value", \.value, unit: .factor, in: 0...100, "What the value is multiplied by."),
            .distribution(
                "saturation_shift", \.saturationShift, unit: .fraction, in: -1...1,
                "What is added to saturation then, of which 1 is the most."),
            .distribution(
                "value_shift", \.valueShift, unit: .fraction, in: -1...1,
                "What is added to the value then, as a part of white."),
        ])

    /// Degrees.
    public var hue = Distribution.fixed(0)
    /// What saturation is multiplied by.
    public var saturation = Distribution.fixed(1)
    /// What the value is multiplied by.
    public var value = Distribution.fixed(1)
    /// What is added to saturation.
    public var saturationShift = Distribution.fixed(0)
    /// What is added to the value, as a part of white.
    public var valueShift = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values([
            "hue": hue, "saturation": saturation, "value": value, "saturation_shift": saturationShift,
            "value_shift": valueShift,
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let degrees = values["hue"].truncatingRemainder(dividingBy: 360)
        let (saturation, value) = (values["saturation"], values["value"])
        let (more, brighter) = (Float(values["saturation_shift"]), Float(values["value_shift"]))
        let white = scene.blackAndWhite?.upperBound ?? 1
        var operations: [Operation] = []
        if degrees != 0 || saturation != 1 || value != 1 {
            operations.append(
                .pixels([.hsv(hueDegrees: degrees, saturation: saturation, value: value, white: white)]))
        }
        if more != 0 || brighter != 0 {
            operations.append(.image { image, _ in Self.add(more, brighter, to: &image, white: Float(white)) })
        }
        return operations
    }

    /// Adds to saturation and value; hue stays.
    private static func add(
        _ saturation: Float, _ value: Float, to image: inout Image<Float>, white: Float
    ) {
        let length = image.count / 3
        var samples = image.mutableSamples
        for i in 0..<length {
            let pixel = SIMD3(samples[i], samples[length + i], samples[2 * length + i])
            let (most, least) = (pixel.max(), pixel.min())
            let range = most - least
            let bright = min(max(most / white + value, 0), 1) * white
            var result = SIMD3(repeating: bright)
            if range > 0, most > 0 {
                // Each channel is value · (1 − saturation · t), where t depends on the hue alone.
                result -= bright * min(max(range / most + saturation, 0), 1) * (most - pixel) / range
            }
            (samples[i], samples[length + i], samples[2 * length + i]) = (result.x, result.y, result.z)
        }
    }
}
