import ImageCore
import ImageProcessing

/// Puts channels in a random order, each order as likely.
///
/// Any image; with one channel nothing changes.
public struct ChannelShuffle: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ChannelShuffle>(
        "channel_shuffle", "Puts channels in a random order.", group: .color, domain: .any)

    /// Every parameter at its default.
    public init() {}

    /// Draws the order.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["order": draws.permutation(of: scene.channels, named: "order").map(Double.init)])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let order = values.list("order").map(\.whole)
        guard order.sorted() == Array(0..<order.count) else {
            throw .transform(path: Self.name, "order: expected each channel once, found \(order)")
        }
        guard order != Array(0..<order.count) else { return [] }
        if order.count == 3 && scene.color == .rgb { return [.pixels([ColorMatrix.permutation(order)])] }
        return [
            .image { image, _ in
                guard image.channels == order.count else { return }
                let source = image
                for (channel, from) in order.enumerated() {
                    let plane = source.cropped(.channel, to: from..<from + 1).contiguous()
                    Rendering.replace(channel: channel, of: &image, with: plane)
                }
            }
        ]
    }
}

/// Fills some channels with one value; at least one channel stays.
///
/// Any image; with one channel nothing changes.
public struct ChannelDrop: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ChannelDrop>(
        "channel_drop", "Fills some channels with one value.", group: .color, domain: .any,
        parameters: [
            .distribution("count", \.count, unit: .count, in: 0...64, "Number of channels, rounded; one always stays."),
            .automatic(
                "fill", \.fill, unit: .value, in: -1e9...1e9,
                "What they hold then; auto is black, or -1000 in Hounsfield units."),
        ])

    /// Number of channels.
    public var count = Distribution.fixed(1)
    /// What they hold then; `nil` takes black, or −1000 in Hounsfield units.
    public var fill: Double?

    /// Every parameter at its default.
    public init() {}

    /// Draws the channels.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let count = Int(draws.value(of: count, named: "count").rounded())
        let order = draws.permutation(of: scene.channels, named: "channels")
        return DrawnValues(["channels": order.prefix(max(0, min(count, scene.channels - 1))).sorted().map(Double.init)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (dropped, fill) = (Set(values.list("channels").map(\.whole)), fill ?? Reading.emptiness(scene))
        guard !dropped.isEmpty else { return [] }
        // Of as many channels as each image has.
        return [
            .averaged { means in
                let channels = means.indices
                return [
                    .linear(
                        scale: channels.map { dropped.contains($0) ? 0 : 1 },
                        bias: channels.map { dropped.contains($0) ? fill : 0 })
                ]
            }
        ]
    }
}

/// Takes color away; the picture keeps three channels.
///
/// RGB only. Each channel becomes the luma 0.2989 R + 0.587 G + 0.114 B.
public struct Grayscale: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Grayscale>(
        "grayscale", "Gives red, green and blue the value of the luma.", group: .color, domain: .rgb)

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        [.pixels([ColorMatrix.saturation(0)])]
    }
}
