public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with `(value − mean) / deviation` for every sample, by channel, as another scalar.
    ///
    /// Works for any number and any order of channels. The domain becomes ``ValueDomain/unspecified``.
    /// - Parameters:
    ///   - mean: One mean for all channels, or one for each.
    ///   - standardDeviation: As many deviations; none is 0.
    ///   - type: The scalar of the result.
    /// - Returns: The image in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another number of values, 0 or numbers that are not finite.
    public func normalized<Target: NumericScalar>(
        mean: [Double], standardDeviation: [Double], as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        guard [1, channels].contains(mean.count), mean.count == standardDeviation.count,
            (mean + standardDeviation).allSatisfy(\.isFinite), !standardDeviation.contains(0)
        else {
            throw .invalidArgument(
                "expected 1 or \(channels) means and deviations that are not 0, found \(mean) and \(standardDeviation)")
        }
        let operation = Standardize(mean: mean, inverse: standardDeviation.map { 1 / $0 })
        var result: Image<Target> = try calculated(by: operation)
        result.geometry = geometry
        result.domain = .unspecified
        return result
    }

    /// The image with mean 0 and deviation 1 in every channel; see ``normalized(mean:standardDeviation:as:)``.
    ///
    /// A channel of one value becomes 0.
    /// - Parameters:
    ///   - mask: Where pixels count for mean and deviation; `nil` counts all.
    ///   - type: The scalar of the result.
    /// - Returns: The image in C order.
    /// - Throws: what ``channelStatistics(where:)`` throws; ``ImageError/invalidArgument(_:)`` for NaN and infinities.
    public func standardized<Target: NumericScalar>(
        where mask: Image<Bool>? = nil, as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        let statistics = try channelStatistics(where: mask)
        return try normalized(
            mean: statistics.map(\.mean),
            standardDeviation: statistics.map { $0.standardDeviation == 0 ? 1 : $0.standardDeviation }, as: type)
    }

    /// The image with `(value − mean) / deviation` as `Float`; see ``normalized(mean:standardDeviation:as:)``.
    public func normalized(mean: [Double], standardDeviation: [Double]) throws(ImageError) -> Image<Float> {
        try normalized(mean: mean, standardDeviation: standardDeviation, as: Float.self)
    }

    /// The image with mean 0 and deviation 1 in every channel as `Float`; see ``standardized(where:as:)``.
    public func standardized(where mask: Image<Bool>? = nil) throws(ImageError) -> Image<Float> {
        try standardized(where: mask, as: Float.self)
    }
}

private struct Standardize: WeightedOperation {
    let mean: [Double]
    let inverse: [Double]

    @specialized(where Weight == Float)
    @specialized(where Weight == Double)
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) throws(ImageError) -> Image<Weight> {
        if mean.count == 1 {
            let (mean, inverse) = (Weight(mean[0]), Weight(inverse[0]))
            return image.map { ($0 - mean) * inverse }
        }
        var result = image.contiguous()
        let lines = Lines(result.layout, along: .channel)
        var samples = result.mutableSamples
        for channel in 0..<lines.count {
            let (mean, inverse) = (Weight(mean[channel]), Weight(inverse[channel]))
            for block in 0..<lines.outer {
                let start = (block * lines.count + channel) * lines.inner
                for i in start..<start + lines.inner { samples[i] = (samples[i] - mean) * inverse }
            }
        }
        return result
    }
}
