import Formats
import ImageCore
import ImageProcessing

/// Compresses to JPEG and back.
///
/// Pictures of 8 bits, gray or RGB; other scalars are refused. The DCT of libjpeg-turbo is its exact one, so that the same
/// quality gives the same bytes.
public struct JPEGCompression: Transform {
    /// How many chroma samples are kept.
    public enum Subsampling: String, Sendable, Hashable, CaseIterable {
        case s444 = "4:4:4"
        case s422 = "4:2:2"
        case s420 = "4:2:0"
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<JPEGCompression>(
        "jpeg", "Compresses to JPEG and back; 8-bit pictures.", group: .codec, domain: .pictures,
        parameters: [
            .distribution(
                "quality", \.quality, in: 1...100, "Quality from 1 to 100, as libjpeg counts it; rounded."),
            .choice("subsampling", \.subsampling, "How many chroma samples are kept."),
        ])

    /// Quality from 1 to 100.
    public var quality = Distribution.uniform(50, 95)
    /// How many chroma samples are kept.
    public var subsampling = Subsampling.s420

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
        let kept: JPEGEncoder.Subsampling =
            switch subsampling {
            case .s444: .s444
            case .s422: .s422
            case .s420: .s420
            }
        let encoder = JPEGEncoder(quality: values["quality"].whole, subsampling: kept)
        return [
            BytePicture.operation(Self.name) { (picture) throws(FormatError) in
                let bytes = try encoder.encode(picture)
                return try JPEGReader(ByteSource(bytes: bytes, name: "JPEG")).readFrame()
            }
        ]
    }
}
