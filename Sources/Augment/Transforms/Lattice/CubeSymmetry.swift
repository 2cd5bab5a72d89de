import ImageProcessing

/// One of the 48 symmetries of the cube, each as likely: flips, quarter turns and exchanged axes.
///
/// Volumes; voxels are moved, never interpolated. Sizes and spacings are exchanged with their axes, so that volumes whose
/// voxels are no cubes come out in several shapes.
public struct CubeSymmetry: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CubeSymmetry>(
        "cube48", "One of the 48 symmetries of the cube, each as likely.", group: .lattice, domain: .volumes)

    /// A draw among all 48.
    public init() {}

    /// Draws the symmetry.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["symmetry": [Double(draws.integer(below: Lattice.cube.count, named: "symmetry"))]])
    }

    /// What the drawn number does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        Lattice.operations(Lattice.cube[try values.integer("symmetry", in: 0...47, of: Self.name)], in: scene)
    }
}
