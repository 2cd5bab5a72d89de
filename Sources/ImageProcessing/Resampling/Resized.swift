public import ImageCore

extension Image {
    /// The picture at another size over the same extent: outer edges stay where they are.
    ///
    /// Pixel i of n becomes the center (i + ½)·old/new. Beyond the outermost centers the outermost sample counts. Calculated
    /// in `Float` for samples of up to 16 bits and `Float`, else in `Double`; integers are rounded half away from zero and saturate (cubic and Lanczos overshoot). Labels and
    /// masks are never interpolated: they are resized as ``Interpolation/nearest``, whatever is asked for.
    ///
    /// Every plane of volumes, stacks and planar channels is resized alike. The spacing follows the size; color, domain and
    /// metadata are kept.
    /// - Parameters:
    ///   - size: Width and height of the result.
    ///   - interpolation: What lies between samples.
    ///   - antialias: Whether filters are stretched where the image shrinks, so that nothing aliases; `area` never aliases.
    /// - Returns: The picture of that size, in C order.
    /// - Throws: ``ImageError/emptyImage``, ``ImageError/missingAxis(_:)`` without x and y,
    ///   ``ImageError/invalidArgument(_:)`` for a size below 1 or one that no memory holds.
    public func resized(
        to size: PixelSize, interpolation: Interpolation = .linear, antialias: Bool = false
    ) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        return try resized(
            width: size.width, height: size.height, depth: depth, interpolation: interpolation, antialias: antialias)
    }

    /// The picture or volume with a number of samples along x, y and z; see
    /// ``resized(to:interpolation:antialias:)``.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    public func resized(
        width: Int, height: Int, depth: Int, interpolation: Interpolation, antialias: Bool
    ) throws(ImageError) -> Image {
        try Resize(
            width: width, height: height, depth: depth, interpolation: interpolation, antialias: antialias
        ).transform(self)
    }

    /// The picture or volume larger by factors: 2 doubles the number of samples, 0.5 halves it.
    ///
    /// Sizes are rounded to nearest and are at least 1; the extent stays the same. See
    /// ``resized(to:interpolation:antialias:)``.
    /// - Throws: ``ImageError`` also for factors that are not above 0.
    public func resized(
        byX factorX: Double, y factorY: Double, z factorZ: Double = 1, interpolation: Interpolation = .linear,
        antialias: Bool = false
    ) throws(ImageError) -> Image {
        func size(_ old: Int, _ factor: Double) throws(ImageError) -> Int {
            let wanted = (Double(old) * factor).rounded(.toNearestOrAwayFromZero)
            guard factor > 0, wanted < 0x1p31 else {
                throw .invalidArgument("expected a factor above 0 and a size that memory holds, found \(factor)")
            }
            return max(1, Int(wanted))
        }
        return try resized(
            width: size(width, factorX), height: size(height, factorY), depth: size(depth, factorZ),
            interpolation: interpolation, antialias: antialias)
    }
}

extension AnyImage {
    /// The picture or volume with a number of samples along x, y and z; see
    /// ``Image/resized(to:interpolation:antialias:)``.
    public func resized(
        width: Int, height: Int, depth: Int, interpolation: Interpolation, antialias: Bool
    ) throws(ImageError) -> AnyImage {
        try transformed(
            by: Resize(
                width: width, height: height, depth: depth, interpolation: interpolation, antialias: antialias))
    }
}

private struct Resize: ImageTransform {
    let width: Int
    let height: Int
    let depth: Int
    let interpolation: Interpolation
    let antialias: Bool

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        try check(image)
        guard width != image.width || height != image.height || depth != image.depth else { return image.contiguous() }
        let interpolation = image.holdsLabels ? .nearest : interpolation
        var result: Image<Scalar>
        if depth == image.depth, let quick = try resizedByKernel(image, interpolation) {
            result = quick
        } else if Scalar.fitsFloat {
            result = try weighed(image, interpolation, as: Float.self)
        } else {
            result = try weighed(image, interpolation, as: Double.self)
        }
        result.keepMeaning(of: image)
        result.geometry = image.geometry?.resized(.x, from: image.width, to: width)
            .resized(.y, from: image.height, to: height).resized(.z, from: image.depth, to: depth)
        return result
    }

    private func check<Scalar>(_ image: Image<Scalar>) throws(ImageError) {
        try image.checkNotEmpty()
        for (axis, size) in [(Axis.x, width), (.y, height), (.z, depth)] {
            guard (1..<1 << 31).contains(size) else {
                throw .invalidArgument("expected a size above 0 along \(axis), found \(size)")
            }
            guard image.layout.index(of: axis) != nil || size == 1 else { throw .missingAxis(axis) }
        }
    }

    private func taps(_ old: Int, _ new: Int, _ interpolation: Interpolation) -> ResizeTaps {
        ResizeTaps(from: old, to: new, interpolation, antialias: antialias)
    }

    private func weighed<Scalar: ImageScalar, Weight: VolumeWeight>(
        _ image: Image<Scalar>, _ interpolation: Interpolation, as type: Weight.Type
    ) throws(ImageError) -> Image<Scalar> {
        let axes = VolumeShape.canonicalAxes(image.axes)
        let sizes = try checkedSizes(image, axes)
        let source = try image.rearranged(to: axes)
        let kernel = VolumeKernel<Weight>(
            VolumeShape(source.layout), x: AxisWeights(taps(image.width, width, interpolation)),
            y: AxisWeights(taps(image.height, height, interpolation)),
            z: AxisWeights(taps(image.depth, depth, interpolation)))
        let result = Image<Scalar>(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) in
            let length = samples.count / kernel.sliceCount
            for i in 0..<kernel.sliceCount {
                var slice = samples._mutatingExtracting(i * length..<(i + 1) * length)
                kernel.fillSlice(i, source.samples, into: &slice)
            }
        }
        return try result.rearranged(to: image.axes)
    }

    private func checkedSizes<Scalar>(_ image: Image<Scalar>, _ axes: [Axis]) throws(ImageError) -> [Int] {
        let sizes = axes.map { axis in
            axis == .x ? width : axis == .y ? height : axis == .z ? depth : image.layout.size(of: axis)
        }
        let total = sizes.reduce(1.0) { $0 * Double($1) }
        guard total < 0x1p40 else { throw .invalidArgument("an image of \(sizes) is too large") }
        return sizes
    }

    /// The picture by the kernels in C; `nil` where there is none for the scalar.
    private func resizedByKernel<Scalar: ImageScalar>(
        _ image: Image<Scalar>, _ interpolation: Interpolation
    ) throws(ImageError) -> Image<Scalar>? {
        guard Scalar.kernelSample != nil, image.width * image.channels < 1 << 31 else { return nil }
        let planes = try Planes(image)
        _ = try checkedSizes(image, planes.axes)
        if interpolation == .linear && !antialias || interpolation == .area {
            let halving = HalvingKernel(planes, width: width, height: height)
            if let halving {
                return try image.mappingPlanes(planes, width: width, height: height) { halving.halve($0, into: &$1) }
            }
        }
        let kernel = ResizeKernel(
            planes, columns: taps(image.width, width, interpolation), rows: taps(image.height, height, interpolation))
        return try image.mappingPlanes(planes, width: width, height: height) { kernel.resize($0, into: &$1) }
    }
}
