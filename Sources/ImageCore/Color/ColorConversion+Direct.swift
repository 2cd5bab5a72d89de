extension ColorConversion {
    /// For each channel of the target the source's channel that it copies, `nil` for full opacity; no map where colors
    /// must be calculated.
    @usableFromInline var channelMap: [Int?]? {
        guard background == nil, let from = Self.places(in: source), let to = Self.targets(in: target) else {
            return nil
        }
        if !(source == .gray || source == .grayAlpha) && (target == .gray || target == .grayAlpha) { return nil }
        return to.map { from[$0] }
    }

    /// The channels that hold red, green, blue and opacity.
    private static func places(in model: ColorModel) -> [Int?]? {
        switch model {
        case .gray: [0, 0, 0, nil]
        case .grayAlpha: [0, 0, 0, 1]
        case .rgb: [0, 1, 2, nil]
        case .rgba: [0, 1, 2, 3]
        case .bgr: [2, 1, 0, nil]
        case .hsv, .yCbCr, .hed, .cmyk, .labels, .unspecified: nil
        }
    }

    /// Which of red, green, blue and opacity each channel holds.
    private static func targets(in model: ColorModel) -> [Int]? {
        switch model {
        case .gray: [0]
        case .grayAlpha: [0, 3]
        case .rgb: [0, 1, 2]
        case .rgba: [0, 1, 2, 3]
        case .bgr: [2, 1, 0]
        case .hsv, .yCbCr, .hed, .cmyk, .labels, .unspecified: nil
        }
    }

    /// Moves channels to other places.
    @inlinable
    func move<Scalar: NumericScalar>(
        _ samples: Span<Scalar>, into result: inout MutableSpan<Scalar>, by map: [Int?]
    ) {
        let white = Scalar(saturating: scale.white)
        let (from, to) = (sourceChannels, targetChannels)
        let count = samples.count / from
        // Channel by channel in batches: the loop inside knows its channel, and the batch is in the cache.
        for first in stride(from: 0, to: count, by: Self.batch) {
            let pixels = first..<min(first + Self.batch, count)
            for (channel, source) in map.enumerated() {
                if let source {
                    for i in pixels { result[i * to + channel] = samples[i * from + source] }
                } else {
                    for i in pixels { result[i * to + channel] = white }
                }
            }
        }
    }

    /// Whether luma can be calculated in 32-bit integers, with the same result.
    @inlinable
    func hasIntegerLuma<Scalar: NumericScalar>(_ type: Scalar.Type) -> Bool {
        target == .gray && (source == .rgb || source == .bgr) && (Scalar.kind == .uint8 || Scalar.kind == .uint16)
    }

    /// Luma of RGB or BGR pixels, rounded half up.
    @inlinable
    func integerLuma<Scalar: NumericScalar>(_ samples: Span<Scalar>, into result: inout MutableSpan<Scalar>) {
        let (first, last): (Int32, Int32) = source == .rgb ? (299, 114) : (114, 299)
        for i in 0..<result.count {
            let outer = first &* Int32(converting: samples[3 * i]) &+ last &* Int32(converting: samples[3 * i + 2])
            let luma = outer &+ 587 &* Int32(converting: samples[3 * i + 1])
            result[i] = Scalar(converting: (luma &+ 500) / 1000)
        }
    }
}
