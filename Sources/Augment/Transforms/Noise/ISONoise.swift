import ImageCore
import ImageProcessing

/// The noise of a camera at high sensitivity: of brightness, alike in all channels, and of color, which leaves brightness alone.
///
/// Pictures in RGB. Both grow with the square root of the value, as photon noise does (A. Foi et al., "Practical
/// Poissonian-Gaussian noise modeling and fitting for single-image raw-data", 2008), and have their full deviation at white.
public struct ISONoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ISONoise>(
        "iso_noise", "Adds the noise of a camera at high sensitivity, of brightness and of color.", group: .noise,
        domain: .rgb,
        parameters: [
            .distribution(
                "brightness", \.brightness, unit: .valueRange, in: 0...10,
                "Standard deviation of what all channels share, at white."),
            .distribution(
                "color", \.color, unit: .valueRange, in: 0...10,
                "Standard deviation of what each channel has of its own, at white."),
        ])

    /// Standard deviation of what all channels share, in the value range.
    public var brightness = Distribution.uniform(0.01, 0.05)
    /// Standard deviation of what each channel has of its own, in the value range.
    public var color = Distribution.uniform(0.01, 0.05)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values(["brightness": brightness, "color": color])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let range = scene.valueRange
        let (shared, own) = (Float(values["brightness"] * range), Float(values["color"] * range))
        guard shared > 0 || own > 0 else { return [] }
        let (black, scale) = (Float(scene.black), Float(1 / range))
        return [
            .change(Self.name) { (image, index) in
                let field = NoiseField(key: draws.noiseKey(image: index))
                let length = image.count / image.channels
                // Without their mean the channels' own numbers would have ⅔ of the variance.
                let (channels, size) = (image.channels, own * Float(1.5).squareRoot())
                var samples = image.mutableSamples
                for i in 0..<length {
                    let noise = SIMD3(
                        field.normal(at: length + i), field.normal(at: 2 * length + i), field.normal(at: 3 * length + i)
                    )
                    let mean = noise.sum() / 3
                    let common = shared * field.normal(at: i)
                    for channel in 0..<min(3, channels) {
                        let place = channel * length + i
                        let signal = max(0, (samples[place] - black) * scale).squareRoot()
                        samples[place] += signal * (common + size * (noise[channel] - mean))
                    }
                }
            }
        ]
    }
}
