public import ImageCore

/// A rectangle in source pixels whose edges may lie inside pixels.
public struct SourceWindow: Sendable, Hashable {
    /// The left edge.
    public var x: Double
    /// The top edge.
    public var y: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double

    /// A window by its corner and size.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// A window of whole pixels.
    public init(_ rect: PixelRect) {
        self.init(x: Double(rect.x), y: Double(rect.y), width: Double(rect.width), height: Double(rect.height))
    }
}

/// Area-correct resampling (box filter) of a window of a picture: made once for a geometry, applied many times.
///
/// Every output pixel is the mean of the source area that it covers, with exact fractions of the pixels at its edges; see
/// ``AreaWeights`` for windows that pass the edge of the source. The filter is separable: rows first, then columns. The
/// result depends on the samples alone, never on threads or on the machine.
///
/// Rounding of `UInt8`: half up. With whole ratios along both axes the mean is calculated in integers and exact; otherwise
/// in `Float`, and means less than 1/8192 below a half count as a half.
public struct AreaResampler: Sendable, Hashable {
    /// The weights along x.
    public let horizontal: AreaWeights
    /// The weights along y.
    public let vertical: AreaWeights

    /// A resampler by the weights of its axes.
    public init(horizontal: AreaWeights, vertical: AreaWeights) {
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// A resampler of a window of a source to a size.
    ///
    /// - Precondition: sizes above 0, a finite window with a width and a height above 0.
    public init(source: PixelSize, window: SourceWindow, output: PixelSize) {
        self.init(
            horizontal: AreaWeights(
                sourceLength: source.width, windowStart: window.x, windowLength: window.width,
                outputLength: output.width),
            vertical: AreaWeights(
                sourceLength: source.height, windowStart: window.y, windowLength: window.height,
                outputLength: output.height))
    }

    /// Resamples interleaved bytes.
    ///
    /// - Parameters:
    ///   - source: Rows of interleaved pixels; the last row may end with its last pixel.
    ///   - channels: Samples per pixel.
    ///   - rowStride: Samples from one row of the source to the next.
    ///   - output: Rows of the output without gaps, exactly output width × height × channels samples.
    /// - Precondition: the sizes above.
    public func resample(
        _ source: Span<UInt8>, channels: Int, rowStride: Int, into output: inout MutableSpan<UInt8>
    ) {
        check(source.count, channels, rowStride, output.count)
        if let x = horizontal.integerRatio, let y = vertical.integerRatio, y <= 257, x * y <= 1 << 16 {
            averageBlocks(source, (x, y), channels, rowStride, into: &output)
        } else {
            weigh(source, channels, rowStride, into: &output)
        }
    }

    /// Resamples interleaved `Float` samples; parameters as for bytes.
    public func resample(
        _ source: Span<Float>, channels: Int, rowStride: Int, into output: inout MutableSpan<Float>
    ) {
        check(source.count, channels, rowStride, output.count)
        weigh(source, channels, rowStride, into: &output)
    }

    private func check(_ sourceCount: Int, _ channels: Int, _ rowStride: Int, _ outputCount: Int) {
        let rowLength = horizontal.sourceLength * channels
        precondition(channels > 0 && rowStride >= rowLength, "a row stride that holds a row")
        precondition(sourceCount >= (vertical.sourceLength - 1) * rowStride + rowLength, "a source that is whole")
        precondition(
            outputCount == horizontal.outputLength * vertical.outputLength * channels, "an output of the stated size")
    }
}
