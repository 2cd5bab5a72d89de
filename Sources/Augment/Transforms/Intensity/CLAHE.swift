import ImageCore
import ImageProcessing

/// Equalizes tile by tile with limited contrast: CLAHE.
///
/// Any image; RGB by its luma, so that hues stay, other images channel by channel, volumes slice by slice. See
/// `adaptivelyEqualized(clipLimit:tiles:)` of ImageProcessing.
public struct CLAHE: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CLAHE>(
        "clahe", "Equalizes tile by tile with limited contrast.", group: .intensity, domain: .any,
        parameters: [
            .distribution(
                "clip_limit", \.clipLimit, unit: .factor, in: 0...1000,
                "How many times the mean of a histogram its bins may hold; 0 does not limit."),
            .integer("tiles", \.tiles, in: 1...64, "Number of tiles along x and along y, fewer in smaller images."),
        ])

    /// How many times the mean of a histogram its bins may hold.
    public var clipLimit = Distribution.fixed(2)
    /// Number of tiles along x and along y.
    public var tiles = 8

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["clip_limit": [draws.value(of: clipLimit, named: "clip_limit")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let limit = values["clip_limit"]
        let size = PixelSize(width: min(tiles, scene.size.x), height: min(tiles, scene.size.y))
        let equalize = { @Sendable (plane: LevelPlane) throws(ImageError) -> LevelPlane in
            try plane.adaptivelyEqualized(clipLimit: limit, tiles: size)
        }
        return [
            .image { image, _ throws(AugmentError) in
                guard scene.color != .rgb || image.channels != 3 else {
                    return try Self.changeLuma(of: &image, in: scene, equalize)
                }
                for channel in 0..<image.channels {
                    try Levels.change(channel, of: &image, in: scene, name: Self.name, equalize)
                }
            }
        ]
    }

    /// Adds to red, green and blue what the luma gains: the color differences of YCbCr stay.
    private static func changeLuma(
        of image: inout Image<Float>, in scene: Scene, _ equalize: (LevelPlane) throws(ImageError) -> LevelPlane
    ) throws(AugmentError) {
        let length = image.count / 3
        let axes = image.axes.filter { $0 != .channel }
        let sizes = axes.map { image.layout.size(of: $0) }
        let original = image
        let luma = Image<Float>(axes: axes, sizes: sizes, color: .gray) {
            let source = original.samples
            for i in 0..<length {
                $0[i] = 0.299 * source[i] + 0.587 * source[length + i] + 0.114 * source[2 * length + i]
            }
        }
        let equalized: Image<Float>
        do {
            equalized = try Levels.changed(luma, in: scene, equalize).contiguous()
        } catch {
            throw .transform(path: name, "\(error)")
        }
        let (old, new) = (luma.samples, equalized.samples)
        var samples = image.mutableSamples
        for i in 0..<3 * length { samples[i] += new[i % length] - old[i % length] }
    }
}
