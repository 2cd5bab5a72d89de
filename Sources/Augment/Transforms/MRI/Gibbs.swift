import ImageCore
import ImageProcessing

/// Cuts high frequencies off, which rings at edges: Gibbs artifacts.
///
/// Images and volumes, as in MONAI's GibbsNoise: 0 keeps all of k-space, 1 keeps nothing but the mean. The cut is a circle (a
/// sphere) in periods per pixel, whose corners are at √d/2 in d dimensions; MONAI's is one in samples of k-space.
public struct Gibbs: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Gibbs>(
        "gibbs", "Cuts high frequencies off, which rings at edges.", group: .mri,
        parameters: [
            .distribution(
                "alpha", \.alpha, unit: .fraction, in: 0...1,
                "Part of k-space's radius that is cut: 0 keeps everything, 1 the mean alone.")
        ])

    /// The part of k-space's radius that is cut.
    public var alpha = Distribution.uniform(0.2, 0.7)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["alpha": alpha]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let alpha = values["alpha"]
        guard alpha > 0 else { return [] }
        let limit = (1 - alpha) * Double(scene.axisNumbers.count).squareRoot() / 2
        let size = SIMD3(Double(scene.size.x), Double(scene.size.y), Double(scene.size.z))
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                try KSpace.change(&image) { spectrum in
                    spectrum.forEachFrequency { frequencies, value in
                        let part =
                            SIMD3(Double(frequencies.x), Double(frequencies.y), Double(frequencies.z)) / size
                        if (part * part).sum() > limit * limit { value = .zero }
                    }
                }
            }
        ]
    }
}
