import ImageCore
import ImageProcessing

/// Adds a Poisson-distributed count to every sample.
///
/// Any image. Unlike `poisson_noise` the noise does not depend on the image and makes it brighter: what ECVL and imgaug call
/// additive Poisson noise. Counts invert the distribution at 12 bits of a field of noise, and at 53 more where those leave it
/// open.
public struct AdditivePoissonNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<AdditivePoissonNoise>(
        "additive_poisson_noise", "Adds a Poisson-distributed count to every sample.", group: .noise,
        parameters: [
            .distribution("mean", \.mean, unit: .count, in: 0...1e6, "Mean of the counts, and their variance."),
            .number("step", \.step, unit: .valueRange, in: 0...1e6, "What one count adds."),
        ])

    /// Mean of the counts.
    public var mean = Distribution.uniform(0, 10)
    /// What one count adds; the default is one step of 8 bits.
    public var step = 1.0 / 255

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["mean": [draws.value(of: mean, named: "mean")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (mean, step) = (values["mean"], step * scene.valueRange)
        guard mean > 0, step > 0 else { return [] }
        return [
            .change(Self.name) { (image, index) throws(ImageError) in
                try image.addPoissonCounts(mean: mean, step: step, key: draws.noiseKey(image: index))
            }
        ]
    }
}
