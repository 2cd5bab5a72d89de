extension Pipeline {
    /// Augmentation of patches of slides in RGB: the eight symmetries, a small affine change, stain or color, blur and JPEG.
    ///
    /// - Parameter stainStrength: By how much the concentrations of the stains vary: 0.05 is what Tellez et al. 2019 (Medical
    ///   Image Analysis 58) call light, 0.2 is strong.
    /// - Returns: The pipeline.
    public static func pathology(stainStrength: Double = 0.05) -> Pipeline {
        let affine = made(Affine.self) {
            $0.rotate = [.uniform(-10, 10)]
            $0.scale = [.uniform(0.9, 1.1)]
            $0.reading = Reading(outside: .reflect101)
        }
        let stain = made(HEDJitter.self) {
            $0.scale = .uniform(1 - stainStrength, 1 + stainStrength)
            $0.shift = .uniform(-stainStrength, stainStrength)
        }
        let color = made(ColorJitter.self) {
            $0.brightness = .uniform(0.8, 1.2)
            $0.contrast = .uniform(0.8, 1.2)
            $0.saturation = .uniform(0.9, 1.1)
            $0.hue = .uniform(-7.2, 7.2)
        }
        return Pipeline([
            Step(SquareSymmetry()), Step(affine, probability: 0.5),
            Step(.oneOf([Step(stain), Step(color)], weights: [2, 1]), probability: 0.9),
            Step(made(GaussianBlur.self) { $0.sigma = [.uniform(0.1, 1)] }, probability: 0.2),
            Step(made(JPEGCompression.self) { $0.quality = .uniform(60, 95) }, probability: 0.2),
        ])
    }
}
