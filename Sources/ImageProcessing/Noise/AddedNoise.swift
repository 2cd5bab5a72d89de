public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with a normally distributed number added to every sample.
    ///
    /// Calculated in `Float` for samples of up to 16 bits and `Float`, else in `Double`; integers are rounded half away from
    /// zero and saturate. The noise of a sample depends on the key and on its index in C order alone.
    /// - Parameters:
    ///   - deviation: The standard deviation, in values of the samples.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a deviation below 0 or not finite.
    public func addingGaussianNoise(deviation: Double, key: UInt64) throws(ImageError) -> Image {
        try noisy(.gaussian(deviation), key)
    }

    /// The image with a number of the Laplace distribution added to every sample; see ``addingGaussianNoise(deviation:key:)``.
    ///
    /// - Parameters:
    ///   - deviation: The standard deviation, √2 times the distribution's scale.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a deviation below 0 or not finite.
    public func addingLaplaceNoise(deviation: Double, key: UInt64) throws(ImageError) -> Image {
        try noisy(.laplace(deviation), key)
    }

    /// The image with every sample multiplied by a normally distributed number of mean 1; see
    /// ``addingGaussianNoise(deviation:key:)``.
    ///
    /// - Parameters:
    ///   - deviation: The standard deviation of the factor.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a deviation below 0 or not finite.
    public func addingSpeckleNoise(deviation: Double, key: UInt64) throws(ImageError) -> Image {
        try noisy(.speckle(deviation), key)
    }

    /// The magnitude of the image with normally distributed numbers added to its real and its imaginary part; see
    /// ``addingGaussianNoise(deviation:key:)``.
    ///
    /// H. Gudbjartsson and S. Patz, "The Rician distribution of noisy MRI data" (1995). Samples are magnitudes above
    /// `black`; those below it are mirrored, so that they stay below.
    /// - Parameters:
    ///   - deviation: The standard deviation in each part.
    ///   - black: The value of no signal.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a deviation below 0 or not finite.
    public func addingRicianNoise(deviation: Double, black: Double = 0, key: UInt64) throws(ImageError) -> Image {
        try noisy(.rician(deviation, black: black), key)
    }

    /// The image as a detector counts it: samples are replaced by Poisson numbers of the same mean; see
    /// ``addingGaussianNoise(deviation:key:)``.
    ///
    /// A sample v becomes `black + Poisson((v − black) · photons) / photons`. Samples below `black` are mirrored, so that they
    /// stay below.
    /// - Parameters:
    ///   - photons: Mean number of counts that a difference of 1 between samples stands for.
    ///   - black: The value of no count.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for photons that are not above 0 and finite.
    public func addingPoissonNoise(photons: Double, black: Double = 0, key: UInt64) throws(ImageError) -> Image {
        guard photons > 0 else { throw .invalidArgument("expected photons above 0, found \(photons)") }
        return try noisy(.poisson(photons, black: black), key)
    }

    /// The image with a Poisson-distributed count added to every sample, whatever its value: it becomes brighter by the mean.
    ///
    /// Integers are rounded half away from zero and saturate. The count of a sample depends on the key and on its index in C
    /// order alone.
    /// - Parameters:
    ///   - mean: The mean of the counts, and their variance: 0 to 10⁶.
    ///   - step: What one count adds.
    ///   - key: The key of the field of noise.
    /// - Returns: The noisy image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another mean, or a step that is not finite.
    public func addingPoissonCounts(mean: Double, step: Double = 1, key: UInt64) throws(ImageError) -> Image {
        var counts = Image<Float>(axes: axes, sizes: sizes)
        try counts.addPoissonCounts(mean: mean, step: 1, key: key)
        guard step.isFinite else { throw .invalidArgument("expected a finite step, found \(step)") }
        var result = contiguous()
        let added = counts.samples
        var samples = result.mutableSamples
        for i in 0..<samples.count {
            samples[i] = Scalar(saturating: samples[i].doubleValue + step * Double(added[i]))
        }
        return result
    }

    /// The image with some pixels replaced: all their channels together, or each channel by itself.
    ///
    /// - Parameters:
    ///   - amount: The probability of each pixel to be replaced.
    ///   - saltShare: The probability of a replaced pixel to become `salt` rather than `pepper`.
    ///   - salt: The high value.
    ///   - pepper: The low value.
    ///   - perChannel: Whether every sample is replaced by itself, so that pixels change their color.
    ///   - key: The key of the field of noise.
    /// - Returns: The new image in C order; every other sample is what it was.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for probabilities outside 0…1.
    public func addingSaltAndPepper(
        amount: Double, saltShare: Double = 0.5, salt: Scalar, pepper: Scalar, perChannel: Bool = false, key: UInt64
    ) throws(ImageError) -> Image {
        guard (0...1).contains(amount), (0...1).contains(saltShare) else {
            throw .invalidArgument("expected probabilities from 0 to 1, found \(amount) and \(saltShare)")
        }
        var result = contiguous()
        let channel = perChannel ? nil : layout.index(of: .channel)
        let inner = channel.map { sizes[($0 + 1)...].reduce(1, *) } ?? 1
        let block = inner * (channel.map { sizes[$0] } ?? 1)
        let field = NoiseField(key: key)
        let (replaced, salted) = (Float(amount), Float(amount * saltShare))
        var samples = result.mutableSamples
        for i in 0..<samples.count {
            // The pixel's number: the channel does not count.
            let pixel = i / block * inner + i % inner
            let unit = field.uniform(at: pixel)
            if unit < replaced { samples[i] = unit < salted ? salt : pepper }
        }
        return result
    }

    private func noisy(_ kind: NoiseKind, _ key: UInt64) throws(ImageError) -> Image {
        try kind.check()
        guard kind.size > 0 else { return contiguous() }
        var result: Image = try calculated(by: NoiseOperation(kind: kind, field: NoiseField(key: key)))
        result.geometry = geometry
        return result
    }
}
