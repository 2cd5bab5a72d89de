import ImageCore

/// Work on samples as `Float` or `Double`.
protocol WeightedOperation {
    /// The new image; its meaning is set by the caller.
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) throws(ImageError) -> Image<Weight>
}

extension Image {
    /// The image that work in `Float` or `Double` makes of this one, rounded half away from zero and saturated.
    ///
    /// `Float` where both scalars fit it. Color, domain and metadata are this image's, the geometry is the work's.
    func calculated<Target: ImageScalar>(
        _ type: Target.Type = Target.self, by operation: some WeightedOperation
    ) throws(ImageError) -> Image<Target> {
        let work: AnyImage
        // Through AnyImage, whose conversions are compiled for each scalar.
        if Scalar.fitsFloat && Target.fitsFloat {
            work = .float32(try operation.apply(AnyImage(self).converted(to: Float.self)))
        } else {
            work = .float64(try operation.apply(AnyImage(self).converted(to: Double.self)))
        }
        var result = work.converted(to: Target.kind).converted(to: Target.self)
        (result.color, result.domain, result.metadata) = (color, domain, metadata)
        return result
    }
}
