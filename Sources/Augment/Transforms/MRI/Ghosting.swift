import ImageCore
import ImageProcessing

/// Weakens lines of k-space at equal steps, which shows faint copies of the image along an axis, as movement in rhythm does.
///
/// Images and volumes, as in TorchIO's RandomGhosting, with lines counted from frequency 0. Of an axis of N pixels, lines whose
/// frequency is a multiple of `count` are multiplied by 1 − intensity, but those around frequency 0: copies are N/count pixels
/// apart.
public struct Ghosting: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Ghosting>(
        "ghosting", "Shows faint copies along an axis, as movement in rhythm does in MRI.", group: .mri,
        parameters: [
            .distribution("count", \.count, unit: .count, in: 0...1000, "Number of copies."),
            .distribution(
                "intensity", \.intensity, unit: .factor, in: 0...1, "How much lines of k-space are weakened."),
            .choice("axis", \.axis, "The axis along which the copies lie."),
            .number(
                "restore", \.restore, unit: .fraction, in: 0...1,
                "Part of k-space around frequency 0 that stays what it is."),
        ])

    /// The number of copies.
    public var count = Distribution.uniform(4, 10)
    /// How much lines of k-space are weakened.
    public var intensity = Distribution.uniform(0.5, 1)
    /// The axis along which the copies lie.
    public var axis = EncodedAxis.y
    /// The part of k-space around frequency 0 that stays what it is.
    public var restore = 0.02

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        try axis.check(Self.name, in: scene)
        return draws.values(["count": count, "intensity": intensity])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (count, intensity) = (values["count"].whole, values["intensity"])
        guard count > 0, intensity > 0 else { return [] }
        let (axis, factor) = (axis.number, Float(1 - intensity))
        let kept = restore * Double(scene.extent(axis)) / 2
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                try KSpace.change(&image) { spectrum in
                    spectrum.forEachFrequency { frequencies, value in
                        let frequency = frequencies[axis]
                        if frequency % count == 0, Double(abs(frequency)) > kept || kept == 0 { value *= factor }
                    }
                }
            }
        ]
    }
}
