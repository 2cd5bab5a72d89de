public import ImageCore

/// How samples between those of a volume come about.
public enum VolumeInterpolation: Sendable, Hashable {
    /// Linear between centers; the mean of what is covered where samples become larger. Labels are never interpolated:
    /// masks, and images whose color or domain says labels, are always resampled as ``nearest``.
    case linear
    /// The sample that holds the new center.
    case nearest
}

extension Image {
    /// The volume with another spacing along its axes.
    ///
    /// The spacing is the one asked for, exactly. There are round(size · old spacing / new spacing) samples along each axis, at
    /// least 1, with the center of the volume where it was: outer edges stay where they are when the ratio is whole, and
    /// otherwise both move by at most a quarter of the new spacing. Where the spacing shrinks samples are interpolated linearly
    /// between centers (the outermost sample counts beyond the outermost center); where it grows they are averaged over the area
    /// that the new sample covers, so that nothing aliases, with the rule of ``AreaWeights``. Axes are treated one by one.
    ///
    /// Calculated in `Float` for samples of up to 16 bits, else in `Double`, and rounded half away from zero for integers. The result
    /// does not depend on the number of threads. Axes other than x, y and z, color, domain and metadata stay as they are.
    ///
    /// - Parameters:
    ///   - spacing: Millimetres between the centers of neighbors along x, y and z.
    ///   - interpolation: What lies between samples; labels are never interpolated, whatever is asked for.
    ///   - workers: Largest number of threads.
    /// - Returns: The new volume in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` without a geometry, for spacings that are not above 0 and a volume that is
    ///   too large, ``ImageError/emptyImage``.
    public func resampled(
        toSpacingMillimetres spacing: SIMD3<Double>, interpolation: VolumeInterpolation = .linear,
        workers: Int = processorCount
    ) throws(ImageError) -> Image {
        try AnyImage(self).resampled(
            toSpacingMillimetres: spacing, interpolation: interpolation, workers: workers
        ).converted(to: Scalar.self)
    }

    /// The volume with another number of samples over the same extent: outer edges stay where they are.
    ///
    /// Samples come about as in ``resampled(toSpacingMillimetres:interpolation:workers:)``; the spacing follows the sizes.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for sizes below 1, ``ImageError/emptyImage``.
    public func resized(
        width: Int, height: Int, depth: Int, interpolation: VolumeInterpolation = .linear,
        workers: Int = processorCount
    ) throws(ImageError) -> Image {
        try AnyImage(self).resized(
            width: width, height: height, depth: depth, interpolation: interpolation, workers: workers
        ).converted(to: Scalar.self)
    }
}

extension AnyImage {
    /// The volume with another spacing; see ``Image/resampled(toSpacingMillimetres:interpolation:workers:)``.
    public func resampled(
        toSpacingMillimetres spacing: SIMD3<Double>, interpolation: VolumeInterpolation = .linear,
        workers: Int = processorCount
    ) throws(ImageError) -> AnyImage {
        guard let geometry else { throw .invalidArgument("expected a volume with a geometry to resample") }
        guard !sizes.contains(0) else { throw .emptyImage }
        let grid = try VolumeGrid(layout, geometry, spacing: spacing)
        var result = try transformed(by: ResampleVolume(grid: grid, interpolation: interpolation, workers: workers))
        // What was asked for, not what division and multiplication made of it.
        result.geometry?.spacingMillimetres = spacing
        return result
    }

    /// The volume with another number of samples; see ``Image/resized(width:height:depth:interpolation:workers:)``.
    public func resized(
        width: Int, height: Int, depth: Int, interpolation: VolumeInterpolation = .linear,
        workers: Int = processorCount
    ) throws(ImageError) -> AnyImage {
        guard !sizes.contains(0) else { throw .emptyImage }
        let grid = try VolumeGrid(layout, width: width, height: height, depth: depth)
        return try transformed(by: ResampleVolume(grid: grid, interpolation: interpolation, workers: workers))
    }
}

private struct ResampleVolume: ImageTransform {
    let grid: VolumeGrid
    let interpolation: VolumeInterpolation
    let workers: Int

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let axes = VolumeShape.canonicalAxes(image.axes)
        let source = try image.rearranged(to: axes)
        let sizes = try grid.sizes(source.layout)
        let isLabels = Scalar.kind == .bool || image.color == .labels || image.domain == .labels
        var result: Image<Scalar>
        if grid.x.isIdentity && grid.y.isIdentity && grid.z.isIdentity {
            result = source
        } else if isLabels || interpolation == .nearest {
            result = gather(source, axes, sizes)
        } else if Scalar.kind.byteCount <= 2 {
            result = interpolate(source, axes, sizes, as: Float.self)
        } else {
            result = interpolate(source, axes, sizes, as: Double.self)
        }
        (result.color, result.domain, result.metadata) = (image.color, image.domain, image.metadata)
        result.geometry = image.geometry.map(grid.geometry)
        return try result.rearranged(to: image.axes)
    }

    private func gather<Scalar: ImageScalar>(_ source: Image<Scalar>, _ axes: [Axis], _ sizes: [Int]) -> Image<Scalar> {
        let shape = VolumeShape(source.layout)
        let (columns, rows, slices) = (grid.x.nearest, grid.y.nearest, grid.z.nearest)
        return Image(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) in
            fillPiecesInParallel(&samples, count: shape.outer * slices.count, workers: workers) { index, piece in
                let (volume, z) = index.quotientAndRemainder(dividingBy: slices.count)
                let start = (volume * shape.depth + slices[z]) * shape.sliceLength
                gatherSlice(source.samples, from: start, shape, rows, columns, into: &piece)
            }
        }
    }

    private func interpolate<Scalar: ImageScalar, Weight: VolumeWeight>(
        _ source: Image<Scalar>, _ axes: [Axis], _ sizes: [Int], as type: Weight.Type
    ) -> Image<Scalar> {
        let kernel = VolumeKernel<Weight>(
            VolumeShape(source.layout), grid, isFinite: areFinite(source.samples))
        return Image(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) in
            fillPiecesInParallel(&samples, count: kernel.sliceCount, workers: workers) { index, piece in
                kernel.fillSlice(index, source.samples, into: &piece)
            }
        }
    }
}
