public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The moments of an image of any rank: `Σ value · Π (i + ½)^p`, for all powers up to an order along every axis.
    ///
    /// Sample i has its center at i + ½, as everywhere; see ``centralMoments(order:center:)`` for moments about another
    /// place. The order along one axis is limited, not the sum over axes.
    /// - Parameter order: The largest power, 0 to 16.
    /// - Returns: The moments, order + 1 along each axis of the image, in its order: `[p_y, p_x]` for `[.y, .x]`.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another order, ``ImageError/emptyImage``.
    public func moments(order: Int = 3) throws(ImageError) -> Image<Double> {
        try centralMoments(order: order, center: sizes.map { _ in 0 })
    }

    /// The moments of an image of any rank about a place: `Σ value · Π (i + ½ − center)^p`.
    ///
    /// - Parameters:
    ///   - order: The largest power, 0 to 16.
    ///   - center: The place, one coordinate for each axis; `nil` takes the center of gravity.
    /// - Returns: The moments, order + 1 along each axis of the image.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another order or number of coordinates, or where the samples sum to 0
    ///   and have no center; ``ImageError/emptyImage``.
    public func centralMoments(order: Int = 3, center: [Double]? = nil) throws(ImageError) -> Image<Double> {
        try checkNotEmpty()
        let center = if let center { center } else { try centerOfGravity() }
        guard (0...16).contains(order), center.count == sizes.count else {
            throw .invalidArgument(
                "expected an order from 0 to 16 and \(sizes.count) coordinates, found \(order), \(center)")
        }
        let values = AnyImage(self).converted(to: Double.self).contiguous()
        let samples = values.samples
        var sums = [Double](repeating: 0, count: samples.count)
        for i in 0..<samples.count { sums[i] = samples[i] }
        var shape = sizes
        // The last axis first: what is left grows shorter each time.
        for axis in sizes.indices.reversed() {
            sums = contracted(sums, shape, axis, order, center[axis])
            shape[axis] = order + 1
        }
        return Image<Double>(axes: axes, sizes: shape) { for i in 0..<$0.count { $0[i] = sums[i] } }
    }

    /// The mean place of the samples, weighed by their values: one coordinate for each axis, centers at i + ½.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` where the samples sum to 0, ``ImageError/emptyImage``.
    public func centerOfGravity() throws(ImageError) -> [Double] {
        let sums = try moments(order: 1)
        let total = sums[sizes.map { _ in 0 }]
        guard total != 0, total.isFinite else { throw .invalidArgument("samples that sum to \(total) have no center") }
        return sizes.indices.map { axis in sums[sizes.indices.map { $0 == axis ? 1 : 0 }] / total }
    }
}

/// Sums along one axis, once for each power of the distance from a center.
private func contracted(_ values: [Double], _ shape: [Int], _ axis: Int, _ order: Int, _ center: Double) -> [Double] {
    let (outer, count) = (shape[..<axis].reduce(1, *), shape[axis])
    let inner = shape[(axis + 1)...].reduce(1, *)
    var result = [Double](repeating: 0, count: outer * (order + 1) * inner)
    for block in 0..<outer {
        for i in 0..<count {
            let distance = Double(i) + 0.5 - center
            var factor = 1.0
            for p in 0...order {
                let (to, from) = ((block * (order + 1) + p) * inner, (block * count + i) * inner)
                for j in 0..<inner { result[to + j] += factor * values[from + j] }
                factor *= distance
            }
        }
    }
    return result
}
