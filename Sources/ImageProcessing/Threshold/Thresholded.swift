public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The mask of the samples above a threshold; the threshold itself is not part of it, NaN neither.
    ///
    /// Axes, geometry and metadata are kept; color and domain become labels.
    @inlinable
    public func thresholded(above threshold: Scalar) -> Image<Bool> {
        let source = contiguous()
        var mask = Image<Bool>(axes: axes, sizes: sizes, color: .labels, domain: .labels) {
            let samples = source.samples
            let count = $0.count
            for i in 0..<count { $0[i] = samples[i] > threshold }
        }
        mask.geometry = geometry
        mask.metadata = metadata
        return mask
    }
}
