import ImageCore
import ImageProcessing

/// Replaces samples by Poisson numbers of the same mean, as a detector of few photons does.
///
/// Images whose black is no signal; values below black are mirrored and keep their side. Fewer photons make more noise. There is
/// no number that changes nothing: give the step a probability.
public struct PoissonNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<PoissonNoise>(
        "poisson_noise", "Replaces samples by counts of the same mean, as a detector of few photons does.",
        group: .noise,
        parameters: [
            .distribution(
                "photons", \.photons, unit: .count, in: 1e-6...1e12,
                "Mean count at white, or for a value of 1 where the domain has no white.")
        ])

    /// Mean count at white, or for a value of 1 where the domain has no white.
    public var photons = Distribution.logUniform(50, 1000)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["photons": photons]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (photons, black) = (values["photons"] / scene.valueRange, scene.black)
        return [
            .change(Self.name) { (image, index) throws(ImageError) in
                try image.addNoise(.poisson(photons, black: black), key: draws.noiseKey(image: index))
            }
        ]
    }
}
