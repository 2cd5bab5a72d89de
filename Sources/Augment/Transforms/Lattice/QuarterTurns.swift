import ImageProcessing

/// Turns by quarters in the plane of two axes.
///
/// Any picture or volume; pixels are moved, never interpolated. Where width and height differ, an odd number of quarters
/// exchanges them.
public struct QuarterTurns: Transform {
    /// The axis that is turned about.
    public enum Axis: String, Sendable, Hashable, CaseIterable {
        case x, y, z
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<QuarterTurns>(
        "rotate90", "Turns by quarters, x towards y.", group: .lattice, domain: .any,
        parameters: [
            .distribution("k", \.k, unit: .count, in: -1000...1000, "How many quarters; rounded to a whole number."),
            .choice("axis", \.axis, "The axis that is turned about; pictures are turned about z only."),
        ])

    /// How many quarters; the default is 0 to 3, each as likely.
    public var k = Distribution.choice([0, 1, 2, 3])
    /// The axis that is turned about: x turns y towards z, y turns z towards x, z turns x towards y.
    public var axis = Axis.z

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        guard scene.isVolume || axis == .z else {
            throw .transform(path: Self.name, "expected a volume to turn about \(axis.rawValue), found a picture")
        }
        return DrawnValues(["k": [draws.value(of: k, named: "k").rounded()]])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let (first, second): (Int, Int) =
            switch axis {
            case .x: (1, 2)
            case .y: (2, 0)
            case .z: (0, 1)
            }
        let k = try values.integer("k", in: -1000...1000, of: Self.name)
        return Lattice.operations(.quarterTurns(k, from: first, to: second), in: scene)
    }
}
