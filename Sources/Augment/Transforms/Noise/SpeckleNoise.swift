import ImageCore
import ImageProcessing

/// Multiplies every sample by a normally distributed number of mean 1, as in ultrasound.
///
/// Any image; 0 stays 0.
public struct SpeckleNoise: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<SpeckleNoise>(
        "speckle", "Multiplies every sample by a normally distributed number of mean 1.", group: .noise,
        parameters: [
            .distribution("deviation", \.deviation, unit: .factor, in: 0...1000, "Standard deviation of the factor.")
        ])

    /// Standard deviation of the factor.
    public var deviation = Distribution.uniform(0, 0.2)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["deviation": deviation]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let deviation = values["deviation"]
        guard deviation > 0 else { return [] }
        return [
            .change(Self.name) { (image, index) throws(ImageError) in
                try image.addNoise(.speckle(deviation), key: draws.noiseKey(image: index))
            }
        ]
    }
}
