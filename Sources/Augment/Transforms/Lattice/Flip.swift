import ImageProcessing

/// Mirrors along each axis with a probability.
public struct Flip: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Flip>(
        "flip", "Mirrors along each axis with a probability.", group: .lattice, domain: .any,
        parameters: [
            .number("x", \.x, unit: .probability, in: 0...1, "How likely left and right change places."),
            .number("y", \.y, unit: .probability, in: 0...1, "How likely top and bottom change places."),
            .number(
                "z", \.z, unit: .probability, in: 0...1, "How likely first and last slice change places; volumes only."),
        ])

    /// How likely left and right change places.
    public var x = 0.5
    /// How likely top and bottom change places.
    public var y = 0.0
    /// How likely first and last slice change places.
    public var z = 0.0

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let flags = [draws.chance(x, named: "x"), draws.chance(y, named: "y"), draws.chance(z, named: "z")]
        return DrawnValues(["flip": flags.map { $0 ? 1 : 0 }])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let flags = values.list("flip").map { $0 != 0 }
        return Lattice.operations(Lattice(flip: [flags[0], flags[1], flags[2] && scene.isVolume]), in: scene)
    }
}
