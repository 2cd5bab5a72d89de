import ImageProcessing

/// Exchanges x and y: the first row becomes the first column.
///
/// Any picture or volume; pixels are moved, never interpolated.
public struct Transpose: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Transpose>(
        "transpose", "Exchanges x and y.", group: .lattice, domain: .any)

    /// A transposition.
    public init() {}

    /// Nothing is drawn.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What it does.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        Lattice.operations(Lattice(source: [1, 0, 2]), in: scene)
    }
}
