public import ImageCore

/// An operation of mathematical morphology on gray values.
public enum MorphologyOperation: Sendable, Hashable, CaseIterable {
    /// The smallest value under the element.
    case erode
    /// The largest value under the element turned by half a turn.
    case dilate
    /// Eroded, then dilated: what is brighter and smaller than the element vanishes.
    case open
    /// Dilated, then eroded: what is darker and smaller than the element vanishes.
    case close
    /// The difference of dilated and eroded.
    case gradient
    /// What opening takes away.
    case topHat
    /// What closing adds.
    case blackHat
}

/// What morphological operations take the samples beyond the edge of an image to be.
public enum MorphologyBorder: Sendable, Hashable {
    /// They do not count.
    case ignored
    /// See ``BorderMode``.
    case extended(BorderMode)
}

extension Image where Scalar: NumericScalar {
    /// The image after a morphological operation with any element, on every channel and plane, or in space.
    ///
    /// Dilation is the dual of erosion: it turns the element by half a turn, so that opening and closing with elements that
    /// are not symmetric give nothing that was not there. Differences saturate. `n` iterations of opening are n
    /// erosions, then n dilations.
    /// - Parameters:
    ///   - operation: What to do.
    ///   - element: The neighborhood.
    ///   - iterations: How often erosion and dilation are repeated, 1 to 1,000.
    ///   - border: What lies beyond the edges.
    /// - Returns: The new image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another number of iterations, ``ImageError/missingAxis(_:)`` without x
    ///   and y, and without z for an element in space, ``ImageError/emptyImage``.
    public func morphology(
        _ operation: MorphologyOperation, by element: FlatElement, iterations: Int = 1,
        border: MorphologyBorder = .ignored
    ) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard (1...1000).contains(iterations) else {
            throw .invalidArgument("expected 1 to 1000 iterations, found \(iterations)")
        }
        let (eroder, dilater) = (
            Extremum(element: element, isMaximum: false, iterations: iterations, border: border),
            Extremum(element: try element.reflected, isMaximum: true, iterations: iterations, border: border)
        )
        func eroded(_ image: Image) throws(ImageError) -> Image { try eroder.applied(to: image) }
        func dilated(_ image: Image) throws(ImageError) -> Image { try dilater.applied(to: image) }
        return switch operation {
        case .erode: try eroded(self)
        case .dilate: try dilated(self)
        case .open: try dilated(eroded(self))
        case .close: try eroded(dilated(self))
        case .gradient: try dilated(self) - eroded(self)
        case .topHat: try self - dilated(eroded(self))
        case .blackHat: try eroded(dilated(self)) - self
        }
    }
}

/// The smallest or largest sample under an element.
private struct Extremum: NumericImageVisitor {
    let element: FlatElement
    let isMaximum: Bool
    let iterations: Int
    let border: MorphologyBorder

    func applied<Scalar: NumericScalar>(to image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        try AnyImage(image).accept(numeric: self).converted(to: Scalar.self)
    }

    func visit(mask: Image<Bool>) throws(ImageError) -> AnyImage {
        throw .invalidArgument("a mask has no gray values: it is dilated and eroded by a StructuringElement")
    }

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        var result = image
        for _ in 0..<iterations {
            if isMaximum {
                result = try pass(result, neutral: Scalar.lowest) { $0 > $1 ? $0 : $1 }
            } else {
                result = try pass(result, neutral: Scalar.highest) { $0 < $1 ? $0 : $1 }
            }
        }
        return AnyImage(result)
    }

    private func pass<Scalar: NumericScalar>(
        _ image: Image<Scalar>, neutral: Scalar, _ choose: (Scalar, Scalar) -> Scalar
    ) throws(ImageError) -> Image<Scalar> {
        let padding = element.padding
        let padded: Image<Scalar> =
            switch border {
            case .ignored: try image.padded(by: padding, with: neutral)
            case .extended(let border): try image.padded(by: padding, border: border)
            }
        // In the order z, y, x, channel, so that an offset is a distance in memory.
        let axes = VolumeShape.canonicalAxes(image.axes)
        let source = try padded.rearranged(to: axes)
        let (from, to) = (VolumeShape(source.layout), VolumeShape(image.layout))
        let steps = element.offsets.map { offset in
            (offset.z + padding.z.before) * from.sliceLength + (offset.y + padding.y.before) * from.rowLength
                + (offset.x + padding.x.before) * from.channels
        }
        let sizes = axes.map { image.layout.size(of: $0) }
        var result = Image<Scalar>(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) in
            let input = source.samples
            for row in 0..<to.outer * to.depth * to.height {
                let (slice, y) = row.quotientAndRemainder(dividingBy: to.height)
                let (volume, z) = slice.quotientAndRemainder(dividingBy: to.depth)
                let start = (volume * from.depth + z) * from.sliceLength + y * from.rowLength
                var output = samples._mutatingExtracting(row * to.rowLength..<(row + 1) * to.rowLength)
                for (i, step) in steps.enumerated() {
                    let line = input.extracting(start + step..<start + step + to.rowLength)
                    if i == 0 { copy(line, into: &output) } else { combine(line, into: &output, choose) }
                }
            }
        }
        result.keepMeaning(of: image)
        return try result.rearranged(to: image.axes)
    }
}

private func copy<Scalar: NumericScalar>(_ source: Span<Scalar>, into target: inout MutableSpan<Scalar>) {
    let count = target.count
    precondition(source.count == count, "spans of equal length")
    var i = 0
    while i < count {
        target[i] = source[i]
        i &+= 1
    }
}

private func combine<Scalar: NumericScalar>(
    _ source: Span<Scalar>, into target: inout MutableSpan<Scalar>, _ choose: (Scalar, Scalar) -> Scalar
) {
    let count = target.count
    precondition(source.count == count, "spans of equal length")
    var i = 0
    while i < count {
        target[i] = choose(source[i], target[i])
        i &+= 1
    }
}

extension Image where Scalar: NumericScalar {
    /// The image with samples of one value added around it.
    fileprivate func padded(by padding: Padding, with value: Scalar) throws(ImageError) -> Image {
        var result = try padded(by: padding, border: .constant(0))
        // Values like the largest 64-bit integer do not pass through `Double`: the frame is written by itself.
        for axis in axes {
            let (before, after) = padding.along(axis)
            let size = result.layout.size(of: axis)
            result.fill(value, along: axis, 0..<before)
            result.fill(value, along: axis, size - after..<size)
        }
        return result
    }

    private mutating func fill(_ value: Scalar, along axis: Axis, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let lines = Lines(layout, along: axis)
        var samples = mutableSamples
        for block in 0..<lines.outer {
            let start = block * lines.blockLength
            for i in start + range.lowerBound * lines.inner..<start + range.upperBound * lines.inner {
                samples[i] = value
            }
        }
    }
}
