import ImageCore
import ImageProcessing

/// Takes the median of a square around each pixel.
///
/// Any image; in volumes each slice by itself. Beyond the edge the nearest pixel counts.
public struct MedianBlur: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<MedianBlur>(
        "median_blur", "Takes the median of a square in x and y around each pixel.", group: .blur,
        parameters: [
            .distribution("size", \.size, unit: .pixels, in: 1...63, "Side; the nearest odd number counts.")
        ])

    /// The side in pixels.
    public var size = Distribution.fixed(3)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["size": size]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let size = min(63, BlurKernel.oddSize(values["size"]))
        guard size > 1 else { return [] }
        return [.change(Self.name) { (image, _) throws(ImageError) in image = try image.medianFiltered(size: size) }]
    }
}
