import Formats
import ImageCore
import ImageProcessing

/// Compresses to lossy WebP and back.
///
/// Pictures of 8 bits, gray or RGB; other scalars are refused. Colors are kept at half the resolution, as the format has it.
public struct WebPCompression: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<WebPCompression>(
        "webp", "Compresses to lossy WebP and back; 8-bit pictures.", group: .codec, domain: .pictures,
        parameters: [
            .distribution("quality", \.quality, in: 0...100, "Quality from 0 to 100, as libwebp counts it; rounded.")
        ])

    /// Quality from 0 to 100.
    public var quality = Distribution.uniform(50, 95)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        try BytePicture.check(Self.name, in: scene)
        return draws.values(["quality": quality])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try BytePicture.check(Self.name, in: scene)
        guard max(scene.size.x, scene.size.y) <= LibWebP.largestSide else {
            throw .transform(
                path: Self.name, "expected at most \(LibWebP.largestSide) pixels a side, found \(scene.size)")
        }
        let quality = try values.integer("quality", in: 0...100, of: Self.name)
        return [
            BytePicture.operation(Self.name) { (picture) throws(FormatError) in
                let channels = picture.channels
                let source = picture.samples
                // A gray pixel is three times the same.
                let pixels = (0..<source.count).flatMap { [UInt8](repeating: source[$0], count: channels == 1 ? 3 : 1) }
                guard
                    let result = LibWebP.compressed(
                        pixels, width: picture.width, height: picture.height, quality: quality)
                else { throw FormatError(.unsupported, file: "WebP", expected: "memory", found: "none") }
                var changed = picture
                var samples = changed.mutableSamples
                for i in 0..<samples.count { samples[i] = result[channels == 1 ? 3 * i + 1 : i] }
                return .uint8(changed)
            }
        ]
    }
}
