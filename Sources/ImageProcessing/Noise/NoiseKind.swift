import CKernels
package import ImageCore

/// What noise does to samples.
package enum NoiseKind: Sendable {
    case gaussian(Double)
    case laplace(Double)
    case speckle(Double)
    case rician(Double, black: Double)
    case poisson(Double, black: Double)

    /// The standard deviation, or the number of photons.
    var size: Double {
        switch self {
        case .gaussian(let size), .laplace(let size), .speckle(let size), .rician(let size, _), .poisson(let size, _):
            size
        }
    }

    /// Refuses a size below 0 or not finite.
    func check() throws(ImageError) {
        guard size >= 0, size.isFinite else {
            throw .invalidArgument("expected a finite deviation of 0 or more, found \(size)")
        }
    }
}

extension Image<Float> {
    /// Adds noise to the samples where they are; a shared or strided image is copied first.
    ///
    /// The bytes are those of ``Image/addingGaussianNoise(deviation:key:)`` and its like.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a size below 0 or not finite.
    package mutating func addNoise(_ kind: NoiseKind, key: UInt64) throws(ImageError) {
        try kind.check()
        guard kind.size > 0 else { return }
        var samples = mutableSamples
        NoiseOperation(kind: kind, field: NoiseField(key: key)).add(to: &samples)
    }
}

/// Noise of a field on samples.
struct NoiseOperation: WeightedOperation {
    let kind: NoiseKind
    let field: NoiseField

    @specialized(where Weight == Float)
    @specialized(where Weight == Double)
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) -> Image<Weight> {
        if case .float32(var floats) = AnyImage(image) {
            var samples = floats.mutableSamples
            add(to: &samples)
            return AnyImage.float32(floats).converted(to: Weight.self)
        }
        var result = image.contiguous()
        var samples = result.mutableSamples
        addByDefinition(to: &samples)
        return result
    }

    /// Adds the noise by the kernels.
    func add(to samples: inout MutableSpan<Float>, level: KernelLevel = .best) {
        let size = Float(kind.size)
        switch kind {
        case .gaussian: NoiseKernel.add(TESSERA_NOISE_GAUSSIAN, field, size: size, to: &samples, level)
        case .speckle: NoiseKernel.add(TESSERA_NOISE_SPECKLE, field, size: size, to: &samples, level)
        case .laplace: NoiseKernel.add(TESSERA_NOISE_LAPLACE, field, size: size, to: &samples, level)
        case .rician(_, let black):
            NoiseKernel.add(TESSERA_NOISE_RICIAN, field, size: size, black: Float(black), to: &samples, level)
        case .poisson: addByDefinition(to: &samples)
        }
    }

    /// Adds the noise number by number: what the kernels do, to the last bit of `Float`.
    func addByDefinition<Weight: VolumeWeight>(to samples: inout MutableSpan<Weight>) {
        let size = Weight(kind.size)
        switch kind {
        case .gaussian: for i in 0..<samples.count { samples[i] += size * Weight(field.normal(at: i)) }
        case .speckle: for i in 0..<samples.count { samples[i] += samples[i] * size * Weight(field.normal(at: i)) }
        case .laplace: for i in 0..<samples.count { samples[i] += size * Weight(field.laplace(at: i)) }
        case .rician(_, let black):
            let black = Weight(black)
            for i in 0..<samples.count {
                let parts = field.normals(at: i)
                let value = samples[i] - black
                let (real, imaginary) = (value.magnitude + size * Weight(parts.x), size * Weight(parts.y))
                let length = (real * real + imaginary * imaginary).squareRoot()
                samples[i] = black + (value < 0 ? -length : length)
            }
        case .poisson(let photons, let black):
            for i in 0..<samples.count {
                let value = Double(samples[i]) - black
                let count = field.poisson(mean: abs(value) * photons, at: i) / photons
                samples[i] = Weight(black + (value < 0 ? -count : count))
            }
        }
    }
}
