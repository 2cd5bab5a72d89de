public import ImageCore

extension Image<Bool> {
    /// The distance from the center of every pixel that holds to the center of the nearest that does not: exact and Euclidean.
    ///
    /// Lower envelopes of parabolas, axis by axis (P. Felzenszwalb and D. Huttenlocher, "Distance transforms of sampled
    /// functions", 2012), in time that grows with the number of samples. Planes without z are treated one by one, volumes in
    /// space. Pixels that do not hold have 0; where nothing does not hold the distance is infinite. What lies beyond the edges
    /// does not count.
    /// - Parameter spacing: Distance between neighbors along x, y and z: 1 gives pixels; hand over the geometry's
    ///   spacing for millimetres.
    /// - Returns: The distances in C order of the same axes; geometry and metadata are kept.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/invalidArgument(_:)`` for spacings that are not
    ///   above 0, ``ImageError/emptyImage``.
    public func distanceTransform(spacing: SIMD3<Double> = SIMD3(1, 1, 1)) throws(ImageError) -> Image<Float> {
        try checkAxes([.x, .y])
        guard spacing.min() > 0, spacing.max().isFinite else {
            throw .invalidArgument("expected spacings above 0, found \(spacing.placeText())")
        }
        var squares = map { $0 ? Double.infinity : 0 }
        for axis in [Axis.x, .y, .z] {
            guard let i = axis.spatialIndex, layout.index(of: axis) != nil else { continue }
            lowerEnvelopes(&squares, Lines(squares.layout, along: axis), spacing[i])
        }
        var result = squares.map { Float($0.squareRoot()) }
        (result.color, result.domain) = (.gray, .unspecified)
        return result
    }
}

/// Replaces every sample by the smallest sum of a sample of its line and the squared distance from it.
private func lowerEnvelopes(_ image: inout Image<Double>, _ lines: Lines, _ spacing: Double) {
    var envelope = Envelope(count: lines.count, spacing: spacing)
    var samples = image.mutableSamples
    for block in 0..<lines.outer {
        for line in 0..<lines.inner {
            let start = block * lines.blockLength + line
            envelope.build { samples[start + $0 * lines.inner] }
            envelope.evaluate { samples[start + $0 * lines.inner] = $1 }
        }
    }
}

/// The lowest of parabolas that stand at equal distances.
private struct Envelope {
    private let count: Int
    private let spacing: Double
    /// The parabolas of the envelope from left to right, their heights, and where each begins to be the lowest.
    private var centers: [Int]
    private var heights: [Double]
    private var starts: [Double]
    private var last = -1

    init(count: Int, spacing: Double) {
        (self.count, self.spacing) = (count, spacing)
        centers = [Int](repeating: 0, count: count)
        heights = [Double](repeating: 0, count: count)
        starts = heights
    }

    mutating func build(_ height: (Int) -> Double) {
        last = -1
        for center in 0..<count {
            let value = height(center)
            guard value < .infinity else { continue }
            var start = -Double.infinity
            while last >= 0 {
                start = crossing(center, value, centers[last], heights[last])
                if start > starts[last] { break }
                last -= 1
                start = -.infinity
            }
            last += 1
            (centers[last], heights[last], starts[last]) = (center, value, start)
        }
    }

    func evaluate(_ write: (Int, Double) -> Void) {
        guard last >= 0 else { return }
        var current = 0
        for place in 0..<count {
            while current < last && starts[current + 1] < Double(place) { current += 1 }
            let distance = Double(place - centers[current]) * spacing
            write(place, heights[current] + distance * distance)
        }
    }

    /// Where a parabola becomes lower than one to its left, in samples.
    private func crossing(_ right: Int, _ rightHeight: Double, _ left: Int, _ leftHeight: Double) -> Double {
        let (r, l) = (Double(right), Double(left))
        return (rightHeight - leftHeight) / (2 * (r - l) * spacing * spacing) + (r + l) / 2
    }
}
