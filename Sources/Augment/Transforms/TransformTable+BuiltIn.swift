extension TransformTable {
    /// All transforms of the library, in the order of the list.
    public static let builtIn = TransformTable([
        Flip.self, SquareSymmetry.self,
        Affine.self,
        RotateAbout.self,
        SquareCrop.self,
        Brightness.self, Contrast.self,
        GaussianBlur.self, BoxBlur.self, MotionBlur.self, MedianBlur.self, Defocus.self, Sharpen.self,
        GaussianNoise.self, RicianNoise.self, PoissonNoise.self, AdditivePoissonNoise.self, LaplaceNoise.self,
        SpeckleNoise.self, SaltAndPepper.self, Salt.self, Pepper.self, ISONoise.self,
        BiasField.self, Motion.self, Ghosting.self, Spike.self, Gibbs.self,
        CoarseDropout.self, GridDropout.self, CellDropout.self, PixelDropout.self, RandomErase.self, CoarseShuffle.self,
        PatchSwap.self, MaskDropout.self,
        JPEGCompression.self,
        Normalize.self, MinMax.self, DivideLabels.self,
    ])
}
