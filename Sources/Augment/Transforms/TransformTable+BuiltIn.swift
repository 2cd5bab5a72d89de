extension TransformTable {
    /// All transforms of the library, in the order of the list.
    public static let builtIn = TransformTable([
        Flip.self, SquareSymmetry.self,
        Affine.self,
        Brightness.self, Contrast.self,
        Normalize.self,
    ])
}
