import ImageCore
import ImageProcessing

/// Blurs along a straight line, as if the picture had moved while it was taken.
///
/// Any image; in volumes each slice by itself. Beyond the edge the image is mirrored on its outermost sample.
public struct MotionBlur: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<MotionBlur>(
        "motion_blur", "Blurs along a straight line in x and y.", group: .blur,
        parameters: [
            .distribution(
                "length", \.length, unit: .pixels, in: 0...255,
                "Length of the way that each point moves; even one of a pixel spreads over neighbors, 0 changes nothing."
            ),
            .distribution(
                "angle", \.angle, unit: .degrees, in: -360...360, "Direction; positive turns x towards y."),
        ])

    /// The length of the way in pixels.
    public var length = Distribution.uniform(3, 7)
    /// The direction in degrees.
    public var angle = Distribution.uniform(0, 180)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        draws.values(["length": length, "angle": angle])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (length, angle) = (min(values["length"], 255), values["angle"])
        guard length > 0, angle.isFinite else { return [] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                image = try image.correlated(with: BlurKernel.line(length: length, degrees: angle))
            }
        ]
    }
}
