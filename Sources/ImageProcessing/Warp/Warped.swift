public import ImageCore

extension Image {
    /// The image resampled at the places that a map gives.
    ///
    /// Pictures (axes x and y) and volumes (x, y and z), with channels anywhere or without. Samples are interpolated in `Float` and rounded half
    /// away from zero for integers, which saturate. Labels are never interpolated: masks, and images whose color or domain says labels, take the
    /// nearest sample whatever is asked for. Places are calculated in `Float` within blocks of a row: to about 10⁻⁴ pixels at coordinate 1000.
    ///
    /// The order of the axes, color, domain and metadata are kept. The geometry is exact for affine maps that keep right angles; for others
    /// spacing and direction stay, and the center of the result lies in space where the map takes it from.
    ///
    /// - Parameters:
    ///   - map: Where the pixels of the result come from; pictures have a z of 1.
    ///   - interpolation: What lies between samples; `area` is the nearest sample here.
    ///   - border: What lies beyond the edges; also what a place that is NaN shows, 0 unless it is constant.
    ///   - workers: Largest number of threads; the result is the same for any number.
    /// - Returns: The result in C order, of the size that the map says.
    /// - Throws: ``ImageError`` for other axes, an empty image or size.
    public func warped(
        by map: SpatialMap, interpolation: Interpolation = .linear, border: BorderMode = .constant(0),
        workers: Int = processorCount
    ) throws(ImageError) -> Image {
        try AnyImage(self).rendered(
            map: map, interpolation: interpolation, border: border, operations: [], kind: Scalar.kind, axes: axes,
            workers: workers
        ).converted(to: Scalar.self)
    }

    /// The image resampled at the places that a map gives, every pixel taking the sample that holds its place as it is.
    ///
    /// For labels, and for any type without loss. Otherwise as ``warped(by:interpolation:border:workers:)``.
    public func warpedNearest(
        by map: SpatialMap, border: BorderMode = .constant(0), workers: Int = processorCount
    ) throws(ImageError) -> Image {
        try AnyImage(self).renderedLabels(map: map, border: border, workers: workers).converted(to: Scalar.self)
    }
}
