/// A conversion between two color models whose arguments are checked.
@usableFromInline
struct ColorConversion: Sendable {
    @usableFromInline let source: ColorModel
    @usableFromInline let target: ColorModel
    @usableFromInline let sourceChannels: Int
    @usableFromInline let targetChannels: Int
    @usableFromInline let scale: ColorScale
    /// The color below opacity that is lost; `nil` where nothing is laid over anything.
    @usableFromInline let background: SIMD3<Double>?

    /// Pixels that are converted at a time: their colors fit the first-level cache.
    @usableFromInline static let batch = 512

    @usableFromInline
    init<Scalar: NumericScalar>(
        _ image: Image<Scalar>, to target: ColorModel, alpha: AlphaRule?
    ) throws(ImageError) {
        source = image.color
        self.target = target
        guard source != .labels, target != .labels, let from = source.channelCount, let to = target.channelCount else {
            throw .unsupportedColor(from: source, to: target)
        }
        guard image.channels == from else { throw .channelMismatch(source, found: image.channels) }
        guard let range = image.domain.blackAndWhite(in: Scalar.self), range.lowerBound == 0 else {
            throw .invalidArgument("expected samples with black at 0 and a white, found \(image.domain)")
        }
        (sourceChannels, targetChannels) = (from, to)
        scale = ColorScale(white: range.upperBound)
        background = try Self.background(from: source, to: target, alpha)
    }

    private static func background(
        from source: ColorModel, to target: ColorModel, _ alpha: AlphaRule?
    ) throws(ImageError) -> SIMD3<Double>? {
        guard source.hasAlpha, !target.hasAlpha else { return nil }
        switch alpha {
        case .drop: return nil
        case .compose(let red, let green, let blue): return SIMD3(red, green, blue)
        case nil:
            throw .invalidArgument("\(target.rawValue) has no opacity: say whether to drop it or what to compose it on")
        }
    }

    /// Converts interleaved pixels.
    @inlinable
    func convert<Scalar: NumericScalar>(_ samples: Span<Scalar>, into result: inout MutableSpan<Scalar>) {
        if let map = channelMap { return move(samples, into: &result, by: map) }
        if hasIntegerLuma(Scalar.self) { return integerLuma(samples, into: &result) }
        let count = samples.count / sourceChannels
        var colors = [RGBAColor](repeating: .zero, count: min(count, Self.batch))
        for first in stride(from: 0, to: count, by: Self.batch) {
            let end = min(first + Self.batch, count)
            var buffer = colors.mutableSpan
            var row = buffer._mutatingExtracting(0..<end - first)
            decodeColors(
                samples.extracting(first * sourceChannels..<end * sourceChannels), source, scale, into: &row)
            if let background {
                for i in 0..<row.count { row[i] = scale.composed(row[i], over: background) }
            }
            var piece = result._mutatingExtracting(first * targetChannels..<end * targetChannels)
            encodeColors(row.span, target, scale, into: &piece)
        }
    }
}
