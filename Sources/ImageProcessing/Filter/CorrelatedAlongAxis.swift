public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image correlated with one row of weights along each of some axes: a separable filter in any number of dimensions.
    ///
    /// Sample i becomes `Σ weights[k] · sample[i + k − anchor]` along the first axis, then along the next. Calculated in
    /// `Float` for samples of up to 16 bits and `Float`, else in `Double`; integers are rounded half away from zero once, at
    /// the end, and saturate.
    /// - Parameters:
    ///   - weights: The axes and the weights along each, at least one; they are not turned around (correlation).
    ///   - anchors: The weight that falls on the sample itself, for each axis; `nil` takes the middle, of an even number the
    ///     later of the two.
    ///   - border: What lies beyond the edges.
    ///   - type: The scalar of the result.
    /// - Returns: The filtered image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for no weights, weights that are not finite or an anchor outside,
    ///   ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func correlated<Target: NumericScalar>(
        along weights: [(axis: Axis, weights: [Double])], anchors: [Int]? = nil, border: BorderMode = .reflect101,
        as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        try checkAxes(weights.map(\.axis))
        guard anchors == nil || anchors?.count == weights.count else {
            throw .invalidArgument("expected \(weights.count) anchors, found \(anchors?.count ?? 0)")
        }
        var passes: [LinePass] = []
        for (i, (axis, weights)) in weights.enumerated() {
            let anchor = anchors?[i] ?? weights.count / 2
            guard weights.indices.contains(anchor), weights.allSatisfy(\.isFinite) else {
                throw .invalidArgument(
                    "expected finite weights with an anchor among them, found \(weights.count) and \(anchor)")
            }
            passes.append(LinePass(axis: axis, weights: weights, anchor: anchor))
        }
        var result: Image<Target> = try calculated(by: CorrelateLines(passes: passes, border: border))
        result.geometry = geometry
        return result
    }

    /// The picture correlated with a row of weights along x and a column of weights along y.
    ///
    /// See ``correlated(along:anchors:border:as:)``; planes of volumes and stacks are filtered alike.
    public func correlated<Target: NumericScalar>(
        rows x: [Double], columns y: [Double], border: BorderMode = .reflect101, as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        try correlated(along: [(.x, x), (.y, y)], border: border, as: type)
    }

    /// The image correlated along each of some axes, as the same scalar; see ``correlated(along:anchors:border:as:)``.
    public func correlated(
        along weights: [(axis: Axis, weights: [Double])], anchors: [Int]? = nil, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        try correlated(along: weights, anchors: anchors, border: border, as: Scalar.self)
    }

    /// The picture correlated along x and y, as the same scalar; see ``correlated(along:anchors:border:as:)``.
    public func correlated(
        rows x: [Double], columns y: [Double], border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        try correlated(rows: x, columns: y, border: border, as: Scalar.self)
    }
}

private struct LinePass {
    let axis: Axis
    let weights: [Double]
    let anchor: Int
}

private struct CorrelateLines: WeightedOperation {
    let passes: [LinePass]
    let border: BorderMode

    @specialized(where Weight == Float)
    @specialized(where Weight == Double)
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) -> Image<Weight> {
        var result = image.contiguous()
        for pass in passes {
            let lines = Lines(result.layout, along: pass.axis)
            let kernel = LineKernel<Weight>(pass.weights, anchor: pass.anchor, border)
            let source = result
            result = Image(axes: source.axes, sizes: source.sizes) { (samples: inout MutableSpan<Weight>) in
                kernel.correlate(source.samples, lines, into: &samples)
            }
        }
        return result
    }
}

/// The samples of a contiguous image as lines along one axis.
struct Lines {
    /// Number of blocks of lines before the axis.
    let outer: Int
    /// Number of samples along the axis.
    let count: Int
    /// Number of lines side by side.
    let inner: Int

    /// Number of samples in a block of lines.
    var blockLength: Int { count * inner }

    /// - Precondition: the layout has the axis.
    init(_ layout: Layout, along axis: Axis) {
        let i = layout.index(of: axis) ?? 0
        outer = layout.sizes[..<i].reduce(1, *)
        count = layout.sizes[i]
        inner = layout.sizes[(i + 1)...].reduce(1, *)
    }
}

/// Weights along lines.
private struct LineKernel<Weight: VolumeWeight> {
    let weights: [Weight]
    let anchor: Int
    let border: BorderMode

    init(_ weights: [Double], anchor: Int, _ border: BorderMode) {
        self.weights = weights.map { Weight($0) }
        self.anchor = anchor
        self.border = border
    }

    func correlate(_ source: Span<Weight>, _ lines: Lines, into target: inout MutableSpan<Weight>) {
        let map = border.indices(lines.count, before: anchor, after: weights.count - 1 - anchor)
        for block in 0..<lines.outer {
            let range = block * lines.blockLength..<(block + 1) * lines.blockLength
            var output = target._mutatingExtracting(range)
            if lines.inner < 16 {
                correlateLine(source.extracting(range), lines, map, into: &output)
            } else {
                correlateRows(source.extracting(range), lines, map, into: &output)
            }
        }
    }

    /// Whole rows are weighed and added up.
    private func correlateRows(
        _ source: Span<Weight>, _ lines: Lines, _ map: [Int], into target: inout MutableSpan<Weight>
    ) {
        let outside = Weight(border.value)
        for i in 0..<lines.count {
            var row = target._mutatingExtracting(i * lines.inner..<(i + 1) * lines.inner)
            row.update(repeating: 0)
            for (tap, weight) in weights.enumerated() {
                let index = map[i + tap]
                if index < 0 {
                    let term = weight * outside
                    for x in 0..<row.count { row[x] += term }
                } else {
                    accumulate(source.extracting(index * lines.inner..<(index + 1) * lines.inner), weight, into: &row)
                }
            }
        }
    }

    /// The line is copied with its borders; then it is weighed and added up at every shift.
    private func correlateLine(
        _ source: Span<Weight>, _ lines: Lines, _ map: [Int], into target: inout MutableSpan<Weight>
    ) {
        let inner = lines.inner
        var padded = [Weight](repeating: Weight(border.value), count: map.count * inner)
        for (place, index) in map.enumerated() where index >= 0 {
            for c in 0..<inner { padded[place * inner + c] = source[index * inner + c] }
        }
        target.update(repeating: 0)
        let line = padded.span
        for (tap, weight) in weights.enumerated() {
            accumulate(line.extracting(tap * inner..<tap * inner + target.count), weight, into: &target)
        }
    }
}

/// Adds samples times a weight to sums.
@specialized(where Weight == Float)
@specialized(where Weight == Double)
func accumulate<Weight: VolumeWeight>(_ source: Span<Weight>, _ weight: Weight, into sums: inout MutableSpan<Weight>) {
    let count = sums.count
    precondition(source.count == count, "spans of equal length")
    var i = 0
    while i < count {
        sums[i] += weight * source[i]
        i &+= 1
    }
}
