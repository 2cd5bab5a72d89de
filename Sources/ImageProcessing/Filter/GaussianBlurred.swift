public import ImageCore

/// The weights of a Gaussian at whole distances from its center, which sum to 1.
///
/// - Parameters:
///   - size: Number of weights, at least 1.
///   - sigma: Standard deviation in samples; 0 or less takes OpenCV's formula `0.3 · ((size − 1) / 2 − 1) + 0.8`.
/// - Returns: The weights.
/// - Throws: ``ImageError/invalidArgument(_:)`` for a size below 1 or a sigma that is not finite.
public func gaussianWeights(size: Int, sigma: Double) throws(ImageError) -> [Double] {
    guard size > 0, size < 1 << 24, sigma.isFinite else {
        throw .invalidArgument("expected a size above 0 and a finite sigma, found \(size) and \(sigma)")
    }
    let middle = Double(size - 1) / 2
    let sigma = sigma > 0 ? sigma : 0.3 * (middle - 1) + 0.8
    let weights = (0..<size).map { i in
        let distance = (Double(i) - middle) / sigma
        return exponential(-0.5 * distance * distance)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
}

extension Image where Scalar: NumericScalar {
    /// The image blurred by a Gaussian along x and y, or along other axes.
    ///
    /// The weights reach `round(reach · sigma)` samples to each side and sum to 1, so that a constant image stays constant.
    /// Rounding is that of ``correlated(along:anchors:border:as:)``; pictures of `UInt8`, `UInt16`, `Int16` and `Float` take the kernels of the processor.
    /// - Parameters:
    ///   - sigma: Standard deviation in samples, along every axis; 0 changes nothing.
    ///   - axes: The axes; add z for volumes.
    ///   - reach: Standard deviations after which the weights end.
    ///   - border: What lies beyond the edges.
    /// - Returns: The blurred image, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a sigma below 0 or not finite, ``ImageError/missingAxis(_:)``,
    ///   ``ImageError/emptyImage``.
    public func gaussianBlurred(
        sigma: Double, along axes: [Axis] = [.x, .y], reach: Double = 3, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        let radius = (reach * sigma).rounded(.toNearestOrAwayFromZero)
        guard sigma >= 0, radius >= 0, radius < 0x1p20 else {
            throw .invalidArgument("expected a sigma and a reach of 0 or more, found \(sigma) and \(reach)")
        }
        let weights = sigma > 0 ? try gaussianWeights(size: 2 * Int(radius) + 1, sigma: sigma) : [1]
        return try smoothed(along: axes.map { ($0, weights) }, border)
    }

    /// The picture blurred by a Gaussian of a given width and height.
    ///
    /// - Parameters:
    ///   - width: Number of weights along x: odd.
    ///   - height: Number of weights along y: odd.
    ///   - sigmaX: Standard deviation along x in pixels; 0 follows from the width, see ``gaussianWeights(size:sigma:)``.
    ///   - sigmaY: Standard deviation along y; `nil` takes that of x, 0 follows from the height.
    ///   - border: What lies beyond the edges.
    /// - Returns: The blurred image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for an even size, ``ImageError/missingAxis(_:)``,
    ///   ``ImageError/emptyImage``.
    public func gaussianBlurred(
        width: Int, height: Int, sigmaX: Double = 0, sigmaY: Double? = nil, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        guard width % 2 == 1, height % 2 == 1, width > 0, height > 0 else {
            throw .invalidArgument("expected odd sizes, found \(width) x \(height)")
        }
        let x = try gaussianWeights(size: width, sigma: sigmaX)
        let y = try gaussianWeights(size: height, sigma: sigmaY ?? sigmaX)
        return try smoothed(along: [(.x, x), (.y, y)], border)
    }

    /// The image correlated with weights around their middle; pictures of the kernels' scalars and volumes of floats by the
    /// kernels.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    func smoothed(along weights: [(axis: Axis, weights: [Double])], _ border: BorderMode) throws(ImageError) -> Image {
        func floats(_ axis: Axis) -> [Float]? {
            weights.first { $0.axis == axis }?.weights.map { Float($0) }
        }
        guard Scalar.kernelSample != nil, let x = floats(.x), let y = floats(.y) else {
            return try correlated(along: weights, border: border)
        }
        if weights.count == 2 {
            let smooth = SmoothPicture(x: x, y: y, border: border)
            return try smooth.transform(self)
        }
        if weights.count == 3, let z = floats(.z), case .float32(let volume) = AnyImage(self) {
            return AnyImage.float32(try volume.smoothed(x: x, y: y, z: z, border)).converted(to: Scalar.self)
        }
        return try correlated(along: weights, border: border)
    }
}

extension Image<Float> {
    /// The volume filtered by the kernels; other axes than x, y and z, and planar channels, count volumes.
    fileprivate func smoothed(x: [Float], y: [Float], z: [Float], _ border: BorderMode) throws(ImageError) -> Image {
        try checkAxes([.x, .y, .z])
        let isInterleaved = axes.last == .channel
        let inner: [Axis] = isInterleaved ? [.z, .y, .x, .channel] : [.z, .y, .x]
        let order = axes.filter { !inner.contains($0) } + inner
        let source = try rearranged(to: order)
        let kernel = SmoothKernel(
            planes: try Planes(source), x: x, y: y, anchorX: x.count / 2, anchorY: y.count / 2, border: border)
        let volume = SmoothVolume(plane: kernel, z: z, depth: depth)
        let result = Image(axes: order, sizes: source.sizes) { (samples: inout MutableSpan<Float>) in
            volume.filter(source.samples, into: &samples)
        }
        return try result.withMeaning(of: self).rearranged(to: axes)
    }
}

private struct SmoothPicture: ImageTransform {
    let x: [Float]
    let y: [Float]
    let border: BorderMode

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let planes = try Planes(image)
        let kernel = SmoothKernel(
            planes: planes, x: x, y: y, anchorX: x.count / 2, anchorY: y.count / 2, border: border)
        return try image.mappingPlanes(planes) { kernel.filter($0, into: &$1) }
    }
}
