public import ImageCore

extension SpatialMap {
    /// The map whose pixels come from places that two images name: an arbitrary map.
    ///
    /// Places are in edge coordinates, as everywhere: the center of the first pixel is ½. OpenCV's `remap` counts from the center of
    /// the first pixel: add ½ to its maps.
    /// - Parameters:
    ///   - x: The x of each pixel's place; axes y and x, of the size of the result.
    ///   - y: The y of each pixel's place, of the same size.
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; ``ImageError/invalidArgument(_:)`` for other axes and for places that
    ///   are not finite; ``ImageError/emptyImage``.
    public init(sourceX x: Image<Float>, y: Image<Float>) throws(ImageError) {
        let shape = try x.planeShape()
        guard x.axes == y.axes, x.sizes == y.sizes else { throw .shapeMismatch(expected: x.sizes, found: y.sizes) }
        try x.checkNotEmpty()
        let (a, b) = (x.contiguous(), y.contiguous())
        let (xs, ys) = (a.samples, b.samples)
        let size = SpatialSize(x: shape.width, y: shape.height)
        let displacements = (0..<xs.count).map { index in
            let (j, i) = index.quotientAndRemainder(dividingBy: shape.width)
            return SIMD3<Float>(xs[index] - (Float(i) + 0.5), ys[index] - (Float(j) + 0.5), 0)
        }
        // A point on every center: between them nothing is ever asked for.
        let lattice = try DisplacementLattice(
            counts: size, origin: SIMD3(0.5, 0.5, 0.5), spacing: SIMD3(1, 1, 1), displacements: displacements)
        self.init(outputSize: size, stages: [.lattice(lattice)])
    }
}
