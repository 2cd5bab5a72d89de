extension TransformTable {
    /// All transforms of the library, in the order of the list.
    public static let builtIn = TransformTable([
        Flip.self, QuarterTurns.self, Transpose.self, SquareSymmetry.self, CubeSymmetry.self,
        Affine.self, RotateAbout.self, Perspective.self,
        Elastic.self, ElasticGaussian.self, GridDistortion.self, OpticalDistortion.self, PiecewiseAffine.self,
        ThinPlate.self,
        RandomCrop.self, CenterCrop.self, SquareCrop.self, CropOrPad.self, Pad.self, ResizedCrop.self,
        CropNonempty.self, CropByLabel.self, CropByClass.self, WeightedCrop.self,
        Resize.self, Zoom.self, Spacing.self, Reorient.self, LowResolution.self, Anisotropy.self, Downscale.self,
        Brightness.self, Contrast.self, Gamma.self, ToneCurve.self, HistogramShift.self, Equalize.self, CLAHE.self,
        LinearWindow.self, Invert.self, Posterize.self, Solarize.self, RandomClip.self, LabelsToImage.self,
        ColorJitter.self, HSVShifts.self, RGBShift.self, Planckian.self, ChannelShuffle.self, ChannelDrop.self,
        ChannelMisalignment.self, Grayscale.self,
        HEDJitter.self, MacenkoJitter.self, RandStainNA.self, StainNormalize.self,
        GaussianBlur.self, BoxBlur.self, MotionBlur.self, MedianBlur.self, Defocus.self, Sharpen.self,
        GaussianNoise.self, RicianNoise.self, PoissonNoise.self, AdditivePoissonNoise.self, LaplaceNoise.self,
        SpeckleNoise.self, SaltAndPepper.self, Salt.self, Pepper.self, ISONoise.self,
        BiasField.self, Motion.self, Ghosting.self, Spike.self, Gibbs.self,
        LocalContrast.self, LocalIntensity.self, LocalGamma.self, BrightnessGradient.self,
        CoarseDropout.self, GridDropout.self, CellDropout.self, PixelDropout.self, RandomErase.self, CoarseShuffle.self,
        PatchSwap.self, MaskDropout.self,
        JPEGCompression.self, WebPCompression.self,
        Mixup.self, Cutmix.self, Mosaic.self, CopyPaste.self, HistogramMatch.self, FourierAdaptation.self,
        SetDomain.self, Window.self, Clamp.self, Rescale.self, ZScore.self, PercentileClip.self,
        HistogramStandardize.self,
        Normalize.self, MinMax.self, DivideLabels.self, ToFloat.self, OneHot.self, RemapLabels.self, KeepLargest.self,
    ])
}
