import ImageCore
import ImageProcessing

/// Adds a normally distributed number to every sample.
///
/// Any image. The deviation counts in the value range of the image.
public struct GaussianNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<GaussianNoise>(
        "gaussian_noise", "Adds a normally distributed number to every sample.", group: .noise,
        parameters: [
            .distribution(
                "deviation", \.deviation, unit: .valueRange, in: 0...1e6,
                "Standard deviation; in Hounsfield units the default changes nothing: give units, for example 20."
            )
        ])

    /// Standard deviation in the value range.
    public var deviation = Distribution.uniform(0, 0.1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["deviation": deviation]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let deviation = values["deviation"] * scene.valueRange
        guard deviation > 0 else { return [] }
        return [
            .change(Self.name) { (image, index) throws(ImageError) in
                try image.addNoise(.gaussian(deviation), key: draws.noiseKey(image: index))
            }
        ]
    }
}
