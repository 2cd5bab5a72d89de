import Glibc
import ImageCore
import ImageProcessing

/// Adds a ramp of brightness in a random direction.
///
/// Any image. The ramp is 0 in the middle of the image, and the amount apart between its two ends.
public struct BrightnessGradient: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<BrightnessGradient>(
        "brightness_gradient", "Adds a ramp of brightness in a random direction.", group: .local, domain: .any,
        parameters: [
            .distribution(
                "amount", \.amount, unit: .valueRange, in: -1e6...1e6, "How much brighter one end is than the other."),
            .distribution("angle", \.angle, unit: .degrees, in: -360...360, "Direction in x and y, from x towards y."),
            .distribution("rise", \.rise, unit: .degrees, in: -90...90, "Direction towards z, in volumes."),
        ])

    /// How much brighter one end is than the other.
    public var amount = Distribution.fixed(0)
    /// Direction in x and y.
    public var angle = Distribution.uniform(0, 360)
    /// Direction towards z.
    public var rise = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "amount": [draws.value(of: amount, named: "amount")], "angle": [draws.value(of: angle, named: "angle")],
            "rise": [scene.isVolume ? draws.value(of: rise, named: "rise") : 0],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let amount = values["amount"] * scene.valueRange
        guard amount != 0 else { return [] }
        let (angle, rise) = (values["angle"] * .pi / 180, values["rise"] * .pi / 180)
        let direction = SIMD3(cos(angle) * cos(rise), sin(angle) * cos(rise), sin(rise))
        let isVolume = scene.isVolume
        return [
            .image { image, _ in
                let (width, height, depth) = (image.width, image.height, isVolume ? image.depth : 1)
                let size = SIMD3(Double(width), Double(height), Double(depth))
                // The distance between the corners along the direction.
                let reach = (direction.replacing(with: -direction, where: direction .< 0) * size).sum()
                let step = direction * (amount / reach)
                let (length, channels) = (width * height * depth, image.channels)
                var samples = image.mutableSamples
                for i in 0..<length {
                    let place = SIMD3(
                        Double(i % width) + 0.5, Double(i / width % height) + 0.5, Double(i / (width * height)) + 0.5)
                    let shift = Float(((place - size / 2) * step).sum())
                    for channel in 0..<channels { samples[channel * length + i] += shift }
                }
            }
        ]
    }
}
