import ImageCore
import ImageProcessing

/// Lets pairs of boxes change places; labels stay.
///
/// Any image. L. Chen et al., "Self-supervised learning for medical image analysis using image context restoration" (2019), as
/// TorchIO's RandomSwap: where the two overlap the second one wins.
public struct PatchSwap: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<PatchSwap>(
        "patch_swap", "Lets pairs of boxes at random places change places.", group: .dropout,
        parameters: [.distribution("count", \.count, unit: .count, in: 0...10000, "Number of pairs.")]
            + Parameter.parts(BoxSize.parameters, \.size))

    /// The number of pairs.
    public var count = Distribution.fixed(10)
    /// How large the boxes are.
    public var size = BoxSize()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let pairs = size.boxes(count, draws, in: scene).enumerated().map { index, box in
            [box, BoxSize.box(box.size, draws, in: scene, named: "other", index: index)]
        }
        return DrawnValues(["boxes": pairs.joined().flatMap(\.numbers)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (boxes, size) = (PixelBox.boxes(values.list("boxes")), scene.size)
        guard boxes.count >= 2 else { return [] }
        return [
            .change(Self.name) { (image, _) in
                let (length, channels) = (image.count / image.channels, image.channels)
                var samples = image.mutableSamples
                for pair in 0..<boxes.count / 2 {
                    let sides = [2 * pair, 2 * pair + 1].map { number in
                        var places: [Int] = []
                        boxes[number].forEachPixel(in: size) { places.append($0) }
                        return places
                    }
                    for channel in 0..<channels {
                        let start = channel * length
                        let (first, second) = (
                            sides[0].map { samples[start + $0] }, sides[1].map { samples[start + $0] }
                        )
                        for (place, value) in zip(sides[0], second) { samples[start + place] = value }
                        for (place, value) in zip(sides[1], first) { samples[start + place] = value }
                    }
                }
            }
        ]
    }
}
