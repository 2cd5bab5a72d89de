public import ImageCore

/// Mean and standard deviation of the samples of one channel.
public struct ChannelStatistics: Sendable, Hashable {
    /// The mean.
    public var mean: Double
    /// The standard deviation of all samples: the square root of the mean squared difference from the mean.
    public var standardDeviation: Double

    /// Statistics by their parts.
    public init(mean: Double, standardDeviation: Double) {
        self.mean = mean
        self.standardDeviation = standardDeviation
    }
}

extension Image where Scalar: NumericScalar {
    /// Mean and standard deviation of every channel, in the image's own order of channels; one entry without channels.
    ///
    /// Two passes in `Double`, so that a large mean does not hide a small deviation. NaN gives NaN.
    /// - Parameter mask: Where pixels count; it has the image's sizes without the channel axis. `nil` counts all.
    /// - Returns: One entry for each channel.
    /// - Throws: ``ImageError/emptyImage`` when no pixel counts, ``ImageError/shapeMismatch(expected:found:)``.
    public func channelStatistics(where mask: Image<Bool>? = nil) throws(ImageError) -> [ChannelStatistics] {
        try checkNotEmpty()
        let parts = layout.index(of: .channel) == nil ? [self] : (0..<channels).map { slice(.channel, at: $0) }
        return try parts.map { (part) throws(ImageError) in
            guard let mask else { return try AnyImage(part).accept(Spread(mask: nil)) }
            guard mask.axes == part.axes, mask.sizes == part.sizes else {
                throw .shapeMismatch(expected: part.sizes, found: mask.sizes)
            }
            return try AnyImage(part).accept(Spread(mask: mask.contiguous()))
        }
    }
}

private struct Spread: ImageVisitor {
    let mask: Image<Bool>?

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> ChannelStatistics {
        let source = image.contiguous()
        let samples = source.samples
        let number = mask?.trueCount ?? samples.count
        guard number > 0 else { throw .emptyImage }
        let mean = sum(samples) { $0 } / Double(number)
        let squares = sum(samples) { ($0 - mean) * ($0 - mean) }
        return ChannelStatistics(mean: mean, standardDeviation: (squares / Double(number)).squareRoot())
    }

    private func sum<Scalar: ImageScalar>(_ samples: Span<Scalar>, _ term: (Double) -> Double) -> Double {
        guard let mask else { return blockwise(samples.count) { term(samples[$0].saturated(to: Double.self)) } }
        let selected = mask.samples
        var sum = 0.0
        for i in 0..<samples.count where selected[i] { sum += term(samples[i].saturated(to: Double.self)) }
        return sum
    }

    /// The sum of terms, in eight partial sums that do not wait for each other.
    private func blockwise(_ count: Int, _ term: (Int) -> Double) -> Double {
        var sums = SIMD8<Double>.zero
        let whole = count / 8 * 8
        var i = 0
        while i < whole {
            for lane in 0..<8 { sums[lane] += term(i + lane) }
            i += 8
        }
        var rest = sums.sum()
        while i < count {
            rest += term(i)
            i += 1
        }
        return rest
    }
}
