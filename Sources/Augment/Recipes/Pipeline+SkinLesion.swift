extension Pipeline {
    /// The training chain of ECVL's example on skin lesions (ISIC): pictures of 224 × 224, ending in floats.
    ///
    /// It is what ``init(ecvl:file:table:)`` reads from the example's text. Mean and deviation, which each data set has of its
    /// own, are those of ECVL's documentation.
    public static var ecvlSkinLesion: Pipeline {
        let resize = made(Resize.self) {
            $0.size = [224, 224]
            $0.antialias = false
            $0.reading.filter = .cubic
        }
        let rotation = made(Affine.self) {
            $0.rotate = [.uniform(-180, 180)]
            $0.reading.fill = 0
        }
        let vertical = made(Flip.self) { ($0.x, $0.y) = (0, 0.5) }
        let dropout = made(CellDropout.self) {
            $0.amount = .uniform(0, 0.03)
            $0.cell = .uniform(0.02, 0.05)
            $0.fill = 0
        }
        return Pipeline([
            Step(resize), Step(Flip()), Step(vertical), Step(rotation), Step(AdditivePoissonNoise()),
            Step(made(Gamma.self) { $0.exponent = .uniform(0.5, 1.5) }),
            Step(made(GaussianBlur.self) { $0.sigma = [.uniform(0, 0.8)] }),
            Step(.oneOf([Step(.perChannel([Step(dropout)])), Step(dropout)], weights: [0.25, 0.75])),
            Step(normalized(mean: [0], deviation: [1])),
            Step(normalized(mean: [0.6, 0.5, 0.5], deviation: [0.2, 0.2, 0.2])),
        ])
    }

    private static func normalized(mean: [Double], deviation: [Double]) -> Normalize {
        made(Normalize.self) {
            $0.mean = mean
            $0.deviation = deviation
            $0.channelsFirst = false
        }
    }
}
