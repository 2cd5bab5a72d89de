import ImageCore
import ImageProcessing

/// Takes the mean of a square around each pixel, in volumes of a cube.
///
/// Any image. Beyond the edge the image is mirrored on its outermost sample.
public struct BoxBlur: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<BoxBlur>(
        "box_blur", "Takes the mean of a square around each pixel, in volumes of a cube.", group: .blur,
        parameters: [
            .distribution("size", \.size, unit: .pixels, in: 1...255, "Side; the nearest odd number counts.")
        ])

    /// The side in pixels.
    public var size = Distribution.fixed(3)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["size": size]) }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let size = BlurKernel.oddSize(values["size"])
        guard size > 1 else { return [] }
        let weights = [Double](repeating: 1 / Double(size), count: size)
        let passes = scene.axisNumbers.map { (axis: [Axis.x, .y, .z][$0], weights: weights) }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in image = try image.correlated(along: passes) }
        ]
    }
}
