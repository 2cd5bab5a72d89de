import ImageCore
import ImageProcessing

/// Puts the pixels of boxes into random order; whole pixels move, and labels stay.
///
/// Any image, as in MONAI's RandCoarseShuffle, which orders each channel in its own way: for that use `per_channel`.
public struct CoarseShuffle: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CoarseShuffle>(
        "coarse_shuffle", "Puts the pixels of boxes at random places into random order.", group: .dropout,
        parameters: [.distribution("count", \.count, unit: .count, in: 0...10000, "Number of boxes.")]
            + Parameter.parts(BoxSize.parameters, \.size))

    /// The number of boxes.
    public var count = Distribution.fixed(1)
    /// How large they are.
    public var size = BoxSize()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["boxes": size.boxes(count, draws, in: scene).flatMap(\.numbers)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (boxes, size) = (PixelBox.boxes(values.list("boxes")), scene.size)
        guard !boxes.isEmpty else { return [] }
        let field = NoiseField(key: draws.noiseKey(named: "order"))
        return [
            .change(Self.name) { (image, _) in
                let (length, channels) = (image.count / image.channels, image.channels)
                var samples = image.mutableSamples
                for (number, box) in boxes.enumerated() {
                    var places: [Int] = []
                    box.forEachPixel(in: size) { places.append($0) }
                    let order = field.part(number)
                    // Fisher and Yates; the high half of a product is a number below the bound.
                    for i in stride(from: places.count - 1, to: 0, by: -1) {
                        let other = Int(order.bits(at: i).multipliedFullWidth(by: UInt64(i + 1)).high)
                        for channel in 0..<channels {
                            let (a, b) = (channel * length + places[i], channel * length + places[other])
                            (samples[a], samples[b]) = (samples[b], samples[a])
                        }
                    }
                }
            }
        ]
    }
}
