import ImageCore
import ImageProcessing

/// Shifts each channel but the first by a little of its own, as stains or sequences that were taken one after the other.
///
/// Any image; with one channel nothing changes. Labels, boxes and points belong to the first channel and stay. Beyond the edge a
/// channel continues with its outermost sample.
public struct ChannelMisalignment: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ChannelMisalignment>(
        "channel_misalignment", "Shifts each channel but the first by a little of its own.", group: .color,
        parameters: [
            .perAxis(
                "shift", \.shift, unit: .pixels, in: -1000...1000, neutral: 0,
                "How far a channel is shifted, drawn for each channel and axis.")
        ])

    /// How far a channel is shifted along each axis; one distribution for all or one for each.
    public var shift: [Distribution] = [.uniform(-1, 1)]

    /// Every parameter at its default.
    public init() {}

    /// Draws the shifts of all channels but the first.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let shifts = (1..<max(1, scene.channels)).flatMap { channel in
            scene.axisNumbers.map { axis -> Double in
                guard shift.count == 1 || axis < shift.count else { return 0 }
                let distribution = shift[shift.count == 1 ? 0 : axis]
                return draws.value(of: distribution, named: "shift", index: 3 * channel + axis)
            }
        }
        return DrawnValues(["shift": shifts])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (shifts, axes, size) = (values.list("shift"), scene.axisNumbers.count, scene.size)
        guard shifts.contains(where: { $0 != 0 }) else { return [] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                for channel in 1..<max(1, min(image.channels, shifts.count / axes + 1)) {
                    var move = SIMD3<Double>.zero
                    for axis in 0..<axes { move[axis] = shifts[(channel - 1) * axes + axis] }
                    let plane = image.cropped(.channel, to: channel..<channel + 1).contiguous()
                    let map = SpatialMap(outputSize: size, pulling: AffineMap.translation(-move))
                    let moved = try plane.warped(by: map, border: .replicate, workers: 1)
                    Rendering.replace(channel: channel, of: &image, with: moved.contiguous())
                }
            }
        ]
    }
}
