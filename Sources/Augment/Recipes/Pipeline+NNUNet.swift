extension Pipeline {
    /// The augmentation that nnU-Net trains with by default (version of 2026): no elastic deformation.
    ///
    /// Images are expected normalized (mean 0, deviation 1), as nnU-Net has them by then. Noise there has a uniform
    /// variance up to 0.1; here its deviation is uniform up to the same largest value. Isensee et al. 2021, Nature Methods 18.
    ///
    /// - Parameters:
    ///   - isVolume: Whether volumes are augmented; otherwise pictures.
    ///   - isAnisotropic: Whether slices are so thick that volumes are turned about z alone, by any angle.
    ///   - outsideLabel: The label of what a turned image does not cover; nnU-Net trains with −1, which needs signed labels.
    /// - Returns: The pipeline.
    public static func nnUNet(isVolume: Bool = true, isAnisotropic: Bool = false, outsideLabel: Int = 0) -> Pipeline {
        let rotation = made(Affine.self) {
            $0.rotate = angles(isVolume, isAnisotropic)
            $0.reading.labelFill = outsideLabel
        }
        let scaling = made(Affine.self) {
            $0.scale = [.uniform(0.7, 1.4)]
            $0.reading.labelFill = outsideLabel
        }
        let blur = made(GaussianBlur.self) { $0.sigma = [.uniform(0.5, 1)] }
        let low = made(LowResolution.self) { $0.scale = [.uniform(0.5, 1)] }
        return Pipeline([
            Step(rotation, probability: 0.2), Step(scaling, probability: 0.2),
            Step(made(GaussianNoise.self) { $0.deviation = .uniform(0, 0.316) }, probability: 0.1),
            Step(.perChannel([Step(blur, probability: 0.5)]), probability: 0.2),
            Step(made(Brightness.self) { $0.factor = .uniform(0.75, 1.25) }, probability: 0.15),
            Step(
                made(Contrast.self) {
                    $0.factor = .uniform(0.75, 1.25)
                    $0.preserveRange = true
                }, probability: 0.15),
            Step(.perChannel([Step(low, probability: 0.5)]), probability: 0.25),
            Step(gamma(invert: 1), probability: 0.1), Step(gamma(invert: 0), probability: 0.3),
            Step(
                made(Flip.self) {
                    $0.y = 0.5
                    $0.z = isVolume ? 0.5 : 0
                }),
        ])
    }

    private static func angles(_ isVolume: Bool, _ isAnisotropic: Bool) -> [Distribution] {
        guard isVolume else { return [.uniform(-180, 180)] }
        guard !isAnisotropic else { return [.fixed(0), .fixed(0), .uniform(-180, 180)] }
        return [Distribution](repeating: .uniform(-30, 30), count: 3)
    }

    private static func gamma(invert: Double) -> Gamma {
        made(Gamma.self) {
            $0.exponent = .uniform(0.7, 1.5)
            $0.range = .image
            $0.invert = invert
            $0.retainStatistics = true
        }
    }
}
