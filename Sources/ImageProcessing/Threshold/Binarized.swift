public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with every sample above a threshold set to one value and the others to another.
    ///
    /// ``thresholded(above:)`` gives a mask instead. The threshold itself is not above, NaN neither.
    /// - Parameters:
    ///   - threshold: The largest sample that is not above.
    ///   - high: The value of samples above it; with `low` and `high` exchanged the picture is inverted.
    ///   - low: The value of the others.
    /// - Returns: The image in C order, everything but the samples kept.
    @inlinable
    public func binarized(above threshold: Scalar, to high: Scalar, else low: Scalar = .zero) -> Image {
        map { $0 > threshold ? high : low }
    }

    /// The image with every sample replaced by a value for its class, which thresholds separate.
    ///
    /// A sample belongs to class k when k thresholds are smaller than it: the thresholds themselves belong to the lower
    /// class. Class k of n + 1 becomes `low + k · (high − low) / n`, rounded half away from zero; NaN is class 0.
    /// - Parameters:
    ///   - thresholds: n thresholds, rising.
    ///   - range: The values of the first and the last class.
    /// - Returns: The image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` without thresholds or when they do not rise.
    @inlinable
    public func quantized(at thresholds: [Scalar], to range: ClosedRange<Scalar>) throws(ImageError) -> Image {
        guard !thresholds.isEmpty, zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .invalidArgument("expected rising thresholds, found \(thresholds)")
        }
        let (low, high) = (range.lowerBound.doubleValue, range.upperBound.doubleValue)
        let values = (0...thresholds.count).map {
            Scalar(saturating: low + Double($0) * ((high - low) / Double(thresholds.count)))
        }
        return map { value in values[thresholds.reduce(0) { $0 + ($1 < value ? 1 : 0) }] }
    }
}
