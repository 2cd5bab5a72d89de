import ImageProcessing

/// One of the eight symmetries of the square, each as likely: flips and quarter turns.
public struct SquareSymmetry: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<SquareSymmetry>(
        "d4", "One of the eight symmetries of the square in x and y, each as likely.", group: .lattice, domain: .any,
        parameters: [])

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["symmetry": [Double(draws.integer(below: 8, named: "symmetry"))]])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        Lattice.operations(Lattice.square[try values.integer("symmetry", in: 0...7, of: Self.name)], in: scene)
    }
}
