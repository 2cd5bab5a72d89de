public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with the difference from its blurred self added: an unsharp mask.
    ///
    /// `value + amount · (value − blurred)` where the difference is more than the threshold; elsewhere the value itself. The
    /// difference is calculated before anything is rounded.
    /// - Parameters:
    ///   - sigma: Standard deviation of the Gaussian blur in pixels, above 0.
    ///   - amount: How much of the difference is added.
    ///   - threshold: Smallest difference that counts, in values of the samples.
    ///   - border: What lies beyond the edges.
    /// - Returns: The sharpened image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for arguments that are negative or not finite,
    ///   ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func sharpened(
        sigma: Double = 1, amount: Double = 1, threshold: Double = 0, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        guard sigma > 0, sigma.isFinite, amount.isFinite, threshold >= 0 else {
            throw .invalidArgument("expected a sigma above 0, found \(sigma), amount \(amount), threshold \(threshold)")
        }
        var result: Image = try calculated(
            by: Unsharp(sigma: sigma, amount: amount, threshold: threshold, border: border))
        result.geometry = geometry
        return result
    }
}

private struct Unsharp: WeightedOperation {
    let sigma: Double
    let amount: Double
    let threshold: Double
    let border: BorderMode

    @specialized(where Weight == Float)
    @specialized(where Weight == Double)
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) throws(ImageError) -> Image<Weight> {
        let blurred = try image.gaussianBlurred(sigma: sigma, border: border)
        let (amount, threshold) = (Weight(amount), Weight(threshold))
        return try image.combined(with: blurred) { value, blurred in
            let difference = value - blurred
            return abs(difference) > threshold ? value + amount * difference : value
        }
    }
}
