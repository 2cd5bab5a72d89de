extension Pipeline {
    /// The augmentation that nnU-Net trains with by default (version of 2026): no elastic deformation.
    ///
    /// The numbers are those of `nnUNetTrainer.get_training_transforms` with batchgeneratorsv2. Images are expected normalized
    /// (mean 0, deviation 1), as nnU-Net has them by then. What nnU-Net calls the variance of noise it takes as the deviation,
    /// and its scale is how far a pixel looks, so that the content is larger by its inverse. Isensee et al. 2021, Nature Methods 18.
    ///
    /// - Parameters:
    ///   - isVolume: Whether volumes are augmented; otherwise pictures.
    ///   - isAnisotropic: Whether slices are so thick (the longest side of a patch is above 3 times their number) that volumes
    ///     are turned about z alone, by any angle, and neither scaled nor made coarser along z.
    ///   - isElongated: Whether the longer side of pictures is above 1.5 times the shorter one: they are turned by 15 degrees
    ///     at most.
    ///   - outsideLabel: The label of what a turned image does not cover; nnU-Net has 0.
    /// - Returns: The pipeline.
    public static func nnUNet(
        isVolume: Bool = true, isAnisotropic: Bool = false, isElongated: Bool = false, outsideLabel: Int = 0
    ) -> Pipeline {
        let thickSlices = isVolume && isAnisotropic
        let rotation = made(Affine.self) {
            $0.rotate = isVolume ? volumeAngles(isAnisotropic) : [isElongated ? .uniform(-15, 15) : .uniform(-180, 180)]
            $0.reading.labelFill = outsideLabel
        }
        let scaling = made(Affine.self) {
            $0.scale = [.inverseUniform(0.7, 1.4)]
            $0.inPlane = thickSlices
            $0.reading.labelFill = outsideLabel
        }
        let flip = made(Flip.self) {
            $0.y = 0.5
            $0.z = isVolume ? 0.5 : 0
        }
        return Pipeline(
            [Step(rotation, probability: 0.2), Step(scaling, probability: 0.2)]
                + changesOfValues(axes: isVolume ? 3 : 2, inPlane: thickSlices) + [Step(flip)])
    }

    private static func volumeAngles(_ isAnisotropic: Bool) -> [Distribution] {
        guard !isAnisotropic else { return [.fixed(0), .fixed(0), .uniform(-180, 180)] }
        return [Distribution](repeating: .uniform(-30, 30), count: 3)
    }

    /// What leaves voxels in their places; each channel draws its own numbers, but for noise.
    private static func changesOfValues(axes: Int, inPlane: Bool) -> [Step] {
        let blur = made(GaussianBlur.self) { $0.sigma = [Distribution](repeating: .uniform(0.5, 1), count: axes) }
        let low = made(LowResolution.self) {
            $0.scale = [.uniform(0.5, 1)]
            $0.inPlane = inPlane
            $0.coarsening.up = .linear
        }
        let contrast = made(Contrast.self) {
            $0.factor = .uniform(0.75, 1.25)
            $0.preserveRange = true
        }
        return [
            Step(made(GaussianNoise.self) { $0.deviation = .uniform(0, 0.1) }, probability: 0.1),
            Step(.perChannel([Step(blur, probability: 0.5)]), probability: 0.2),
            Step(.perChannel([Step(made(Brightness.self) { $0.factor = .uniform(0.75, 1.25) })]), probability: 0.15),
            Step(.perChannel([Step(contrast)]), probability: 0.15),
            Step(.perChannel([Step(low, probability: 0.5)]), probability: 0.25),
            Step(.perChannel([gamma(invert: 1)]), probability: 0.1),
            Step(.perChannel([gamma(invert: 0)]), probability: 0.3),
        ]
    }

    /// A power that is as often below 1 as above.
    private static func gamma(invert: Double) -> Step {
        let halves = [Distribution.uniform(0.7, 1), .uniform(1, 1.5)].map { exponent in
            made(Gamma.self) {
                $0.exponent = exponent
                $0.range = .image
                $0.invert = invert
                $0.retainStatistics = true
            }
        }
        return Step(.oneOf(halves.map { Step($0) }, weights: [1, 1]))
    }
}
