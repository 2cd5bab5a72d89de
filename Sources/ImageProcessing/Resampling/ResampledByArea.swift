public import ImageCore

/// A window of a picture, resampled to a size so that every output pixel is the mean of the area that it covers.
///
/// See ``AreaResampler`` for the rule, the edges and the rounding (half up). Axes, color, domain and metadata are kept;
/// the geometry becomes that of the window at its new spacing.
///
/// - Parameters:
///   - image: A picture with the axes `[.y, .x]` or `[.y, .x, .channel]`.
///   - window: The part to resample, in pixels of the image; `nil` takes the whole.
///   - size: Width and height of the result.
/// - Returns: The picture of that size.
/// - Throws: ``ImageError`` for other axes, an empty image, or a window or size that is empty or not finite.
public func resampledByArea(
    _ image: Image<UInt8>, window: SourceWindow? = nil, to size: PixelSize
) throws(ImageError) -> Image<UInt8> {
    let (shape, window) = try checkedWindow(image, window, size)
    let resampler = AreaResampler(
        source: PixelSize(width: shape.width, height: shape.height), window: window, output: size)
    let source = image.contiguous()
    var result = Image<UInt8>(axes: image.axes, sizes: shape.sizes(size), color: image.color, domain: image.domain) {
        resampler.resample(source.samples, channels: shape.channels, rowStride: shape.rowLength, into: &$0)
    }
    result.metadata = image.metadata
    result.geometry = image.geometry?.resampled(window, to: size)
    return result
}

/// A window of a picture of `Float` samples, resampled to a size; the same rule as for `UInt8`, without rounding.
///
/// - Parameters:
///   - image: A picture with the axes `[.y, .x]` or `[.y, .x, .channel]`.
///   - window: The part to resample, in pixels of the image; `nil` takes the whole.
///   - size: Width and height of the result.
/// - Returns: The picture of that size.
/// - Throws: ``ImageError`` for other axes, an empty image, or a window or size that is empty or not finite.
public func resampledByArea(
    _ image: Image<Float>, window: SourceWindow? = nil, to size: PixelSize
) throws(ImageError) -> Image<Float> {
    let (shape, window) = try checkedWindow(image, window, size)
    let resampler = AreaResampler(
        source: PixelSize(width: shape.width, height: shape.height), window: window, output: size)
    let source = image.contiguous()
    var result = Image<Float>(axes: image.axes, sizes: shape.sizes(size), color: image.color, domain: image.domain) {
        resampler.resample(source.samples, channels: shape.channels, rowStride: shape.rowLength, into: &$0)
    }
    result.metadata = image.metadata
    result.geometry = image.geometry?.resampled(window, to: size)
    return result
}

private func checkedWindow<Scalar>(
    _ image: Image<Scalar>, _ window: SourceWindow?, _ size: PixelSize
) throws(ImageError) -> (PictureShape, SourceWindow) {
    let shape = try image.pictureShape()
    guard !image.isEmpty else { throw .emptyImage }
    let window = window ?? SourceWindow(PixelRect(x: 0, y: 0, width: shape.width, height: shape.height))
    guard size.width > 0, size.height > 0 else {
        throw .invalidArgument("expected a size above 0, found \(size.width) x \(size.height)")
    }
    guard window.x.isFinite, window.y.isFinite, window.width.isFinite, window.height.isFinite, window.width > 0,
        window.height > 0
    else {
        let corner = SIMD3(window.x, window.y, 0).placeText(axes: 2)
        throw .invalidArgument(
            "expected a window with an area, found \(window.width.shortText) x \(window.height.shortText) at \(corner)")
    }
    return (shape, window)
}

extension Geometry {
    /// The geometry of a window that was resampled: the outer edges of the window stay where they are.
    func resampled(_ window: SourceWindow, to size: PixelSize) -> Geometry {
        var result = self
        let scale = (x: window.width / Double(size.width), y: window.height / Double(size.height))
        result.spacingMillimetres.x *= scale.x
        result.spacingMillimetres.y *= scale.y
        let shift = (x: window.x + (scale.x - 1) / 2, y: window.y + (scale.y - 1) / 2)
        result.originMillimetres += direction.x * (spacingMillimetres.x * shift.x)
        result.originMillimetres += direction.y * (spacingMillimetres.y * shift.y)
        return result
    }
}
