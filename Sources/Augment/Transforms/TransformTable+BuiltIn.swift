extension TransformTable {
    /// All transforms of the library, in the order of the list.
    public static let builtIn = TransformTable([
        Flip.self, SquareSymmetry.self,
        Affine.self,
        RotateAbout.self,
        SquareCrop.self,
        Brightness.self, Contrast.self,
        AdditivePoissonNoise.self,
        CellDropout.self,
        Normalize.self, MinMax.self, DivideLabels.self,
    ])
}
