import ImageCore
import ImageProcessing

/// Spreads the values of each channel so that all occur about equally often.
///
/// Any image: between black and white, or between smallest and largest value where the domain has neither. Images of 8 bits
/// have 256 levels, others 65,536; see `histogramEqualized()` of ImageProcessing.
public struct Equalize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Equalize>(
        "equalize", "Spreads the values of each channel so that all occur about equally often.", group: .intensity,
        domain: .any)

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        [
            .image { image, _ throws(AugmentError) in
                for channel in 0..<image.channels {
                    try Levels.change(channel, of: &image, in: scene, name: Self.name) {
                        plane throws(ImageError) in try plane.equalized()
                    }
                }
            }
        ]
    }
}
