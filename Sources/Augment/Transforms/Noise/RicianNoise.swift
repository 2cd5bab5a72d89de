import ImageCore
import ImageProcessing

/// Adds normally distributed numbers to the real and the imaginary part of a magnitude image, and takes the magnitude.
///
/// Magnitude images, as MRI gives them: values count from black. Values below it are mirrored and keep their side. The deviation
/// counts in the value range. H. Gudbjartsson and S. Patz, "The Rician distribution of noisy MRI data" (1995).
public struct RicianNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RicianNoise>(
        "rician_noise", "Takes the magnitude after noise in the real and the imaginary part, as in MRI.", group: .noise,
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
        let (deviation, black) = (values["deviation"] * scene.valueRange, scene.black)
        guard deviation > 0 else { return [] }
        return [
            .change(Self.name) { (image, index) throws(ImageError) in
                try image.addNoise(.rician(deviation, black: black), key: draws.noiseKey(image: index))
            }
        ]
    }
}
