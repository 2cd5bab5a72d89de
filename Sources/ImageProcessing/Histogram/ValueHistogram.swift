public import ImageCore

/// How often values occur, in bins of equal width.
public struct ValueHistogram: Sendable, Hashable {
    /// The near edge of the first bin and the far edge of the last, which belongs to it.
    public let range: ClosedRange<Double>
    /// Number of samples in each bin.
    public var counts: [Int]
    /// Number of samples below the range.
    public var below = 0
    /// Number of samples above the range.
    public var above = 0
    /// Number of samples that are NaN.
    public var notNumbers = 0

    /// The value in the middle of a bin.
    public func center(of bin: Int) -> Double {
        let width = (range.upperBound - range.lowerBound) / Double(counts.count)
        return range.lowerBound + (Double(bin) + 0.5) * width
    }
}

extension Image where Scalar: NumericScalar {
    /// How often values occur, in bins of equal width, as NumPy's `histogram` counts them.
    ///
    /// - Parameters:
    ///   - bins: Number of bins, at least 1.
    ///   - range: The edges; `nil` takes the smallest and the largest sample. Where both are equal, half a unit is added at
    ///     both sides.
    ///   - mask: Where samples count; it has the image's axes and sizes. `nil` counts all.
    /// - Returns: The number of samples in each bin.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for no bins or a range that is not finite,
    ///   ``ImageError/emptyImage`` without a range and without numbers, ``ImageError/shapeMismatch(expected:found:)``.
    public func histogram(
        bins: Int, range: ClosedRange<Double>? = nil, where mask: Image<Bool>? = nil
    ) throws(ImageError) -> ValueHistogram {
        var edges = if let range { range } else { Self.doubles(try self.range()) }
        if edges.lowerBound == edges.upperBound { edges = edges.lowerBound - 0.5...edges.upperBound + 0.5 }
        guard bins > 0, bins < 1 << 32, edges.lowerBound.isFinite, edges.upperBound.isFinite else {
            throw .invalidArgument("expected bins and a finite range, found \(bins) in \(edges)")
        }
        if let mask, mask.axes != axes || mask.sizes != sizes {
            throw .shapeMismatch(expected: sizes, found: mask.sizes)
        }
        return AnyImage(self).accept(CountBins(bins: bins, range: edges, mask: mask?.contiguous()))
    }

    private static func doubles(_ range: ClosedRange<Scalar>) -> ClosedRange<Double> {
        range.lowerBound.doubleValue...range.upperBound.doubleValue
    }
}

private struct CountBins: ImageVisitor {
    let bins: Int
    let range: ClosedRange<Double>
    let mask: Image<Bool>?

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> ValueHistogram {
        var histogram = ValueHistogram(range: range, counts: [Int](repeating: 0, count: bins))
        let source = image.contiguous()
        let samples = source.samples
        if let mask {
            let selected = mask.samples
            for i in 0..<samples.count where selected[i] { count(samples[i].saturated(to: Double.self), &histogram) }
        } else {
            for i in 0..<samples.count { count(samples[i].saturated(to: Double.self), &histogram) }
        }
        return histogram
    }

    private func count(_ value: Double, _ histogram: inout ValueHistogram) {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard value >= low else {
            if value.isNaN { histogram.notNumbers += 1 } else { histogram.below += 1 }
            return
        }
        guard value <= high else { return histogram.above += 1 }
        let width = (high - low) / Double(bins)
        var bin = min(Int((value - low) / width), bins - 1)
        // The edges decide, not the rounding of the quotient.
        if value < low + Double(bin) * width { bin -= 1 }
        if bin + 1 < bins && value >= low + Double(bin + 1) * width { bin += 1 }
        histogram.counts[bin] += 1
    }
}
