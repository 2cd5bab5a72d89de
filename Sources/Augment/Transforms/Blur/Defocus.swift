import ImageCore
import ImageProcessing

/// Blurs by a disk, as a lens out of focus does.
///
/// Any image; in volumes each slice by itself. D. Hendrycks and T. Dietterich, "Benchmarking neural network robustness to common
/// corruptions" (2019), with a rim that is smooth for every radius.
public struct Defocus: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Defocus>(
        "defocus", "Blurs by a disk in x and y, as a lens out of focus does.", group: .blur,
        parameters: [.distribution("radius", \.radius, unit: .pixels, in: 0...64, "Radius of the disk.")])

    /// The radius of the disk in pixels.
    public var radius = Distribution.uniform(1, 3)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["radius": radius]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let radius = min(values["radius"], 64)
        // A disk of half a pixel reaches no other pixel.
        guard radius > 0.5 else { return [] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                image = try image.correlated(with: BlurKernel.disk(radius: radius))
            }
        ]
    }
}
