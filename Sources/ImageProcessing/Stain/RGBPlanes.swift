import ImageCore

/// A picture or volume in RGB as three planes of floats, and the value of white; black is 0.
struct RGBPlanes {
    private(set) var image: Image<Float>
    let white: Double
    let length: Int
    private let axes: [Axis]

    /// The planes of an image with three channels.
    ///
    /// - Parameters:
    ///   - source: The image in RGB.
    ///   - white: The value of white; `nil` takes that of the domain.
    /// - Throws: ``ImageError`` for other axes, colors or numbers of channels, and where there is no white.
    init<Scalar: NumericScalar>(_ source: Image<Scalar>, white: Double?) throws(ImageError) {
        try source.checkAxes([.x, .y, .channel])
        guard source.channels == 3, source.color == .rgb || source.color == .unspecified else {
            throw .channelMismatch(.rgb, found: source.channels)
        }
        guard let value = white ?? source.domain.blackAndWhite(in: Scalar.self)?.upperBound, value > 0, value.isFinite
        else { throw .invalidArgument("expected samples with a white above 0, found \(source.domain)") }
        self.white = value
        axes = source.axes
        image = try AnyImage(source).converted(to: Float.self)
            .rearranged(to: [.channel] + source.axes.filter { $0 != .channel })
        length = image.count / 3
    }

    /// The pixel at an index, in the numbers of the image.
    subscript(index: Int) -> SIMD3<Double> {
        let samples = image.samples
        return SIMD3(Double(samples[index]), Double(samples[length + index]), Double(samples[2 * length + index]))
    }

    /// Changes every pixel.
    mutating func change(_ body: (SIMD3<Double>) -> SIMD3<Double>) {
        let length = length
        var samples = image.mutableSamples
        for i in 0..<length {
            let pixel = SIMD3(Double(samples[i]), Double(samples[length + i]), Double(samples[2 * length + i]))
            let changed = body(pixel)
            samples[i] = Float(changed.x)
            samples[length + i] = Float(changed.y)
            samples[2 * length + i] = Float(changed.z)
        }
    }

    /// Changes every pixel by operations, one after the other.
    mutating func change(_ operations: [RowOperation]) {
        guard !operations.isEmpty else { return }
        change { pixel in
            let result = operations.reduce([pixel.x, pixel.y, pixel.z]) { $1.applied(to: $0) }
            return SIMD3(result[0], result[1], result[2])
        }
    }

    /// The planes as an image like the one they came from.
    func restored<Scalar: NumericScalar>(like source: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        var result = AnyImage(try image.rearranged(to: axes)).converted(to: Scalar.self)
        result.keepMeaning(of: source)
        return result
    }

    /// Every how many pixels one is looked at so that no more than a limit are.
    func stride(limit: Int) -> Int { max(1, (length + limit - 1) / limit) }

    /// The optical density of a pixel; values below 1/255 of white count as that.
    func density(at index: Int) -> SIMD3<Double> {
        let part = pointwiseMax(self[index] / white, SIMD3(repeating: 1 / 255))
        return SIMD3(-logarithm(part.x), -logarithm(part.y), -logarithm(part.z))
    }
}
