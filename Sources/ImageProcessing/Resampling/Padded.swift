public import ImageCore

/// How many samples are added around an image.
public struct Padding: Sendable, Hashable {
    /// Before the first and after the last column.
    public var x: (before: Int, after: Int) {
        get { (counts[0], counts[1]) }
        set { (counts[0], counts[1]) = newValue }
    }
    /// Before the first and after the last row.
    public var y: (before: Int, after: Int) {
        get { (counts[2], counts[3]) }
        set { (counts[2], counts[3]) = newValue }
    }
    /// Before the first and after the last slice.
    public var z: (before: Int, after: Int) {
        get { (counts[4], counts[5]) }
        set { (counts[4], counts[5]) = newValue }
    }
    private var counts: [Int]

    /// A padding by the samples at each side.
    public init(
        left: Int = 0, right: Int = 0, top: Int = 0, bottom: Int = 0, sliceBefore: Int = 0, sliceAfter: Int = 0
    ) {
        counts = [left, right, top, bottom, sliceBefore, sliceAfter]
    }

    /// The same number of samples on all four sides of a picture.
    public init(all count: Int) { self.init(left: count, right: count, top: count, bottom: count) }

    /// The samples along an axis.
    func along(_ axis: Axis) -> (before: Int, after: Int) {
        axis == .x ? x : axis == .y ? y : axis == .z ? z : (0, 0)
    }

    /// The samples before and after, for each axis that has some.
    var inWords: String {
        [("x", x), ("y", y), ("z", z)].filter { $0.1 != (0, 0) }
            .map { "\($0.0) \($0.1.before) and \($0.1.after)" }.joined(separator: ", ")
    }

    /// Whether no side is negative or beyond what can be counted.
    var isValid: Bool { counts.allSatisfy { (0..<1 << 31).contains($0) } }
}

extension Image {
    /// The image with samples added around it.
    ///
    /// The origin of the geometry moves out by what is added before the first samples, so that every old sample keeps its
    /// place; color, domain and metadata are kept.
    /// - Parameters:
    ///   - padding: The samples at each side; they may be more than the image has.
    ///   - border: What the new samples are. A constant saturates to the scalar.
    /// - Returns: The larger image, in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a negative number or a result that no memory holds,
    ///   ``ImageError/missingAxis(_:)`` where samples are added along an axis that the image lacks,
    ///   ``ImageError/emptyImage``.
    public func padded(by padding: Padding, border: BorderMode = .constant(0)) throws(ImageError) -> Image {
        try checkNotEmpty()
        guard padding.isValid else {
            throw .invalidArgument("expected paddings of 0 or more, found \(padding.inWords)")
        }
        for axis in [Axis.x, .y, .z] where padding.along(axis) != (0, 0) { try checkAxes([axis]) }
        let total = zip(axes, sizes).reduce(1.0) {
            $0 * Double($1.1 + padding.along($1.0).before + padding.along($1.0).after)
        }
        guard total < 0x1p40 else { throw .invalidArgument("an image of \(total) samples is too large") }
        return try AnyImage(self).transformed(by: Pad(padding: padding, border: border)).converted(to: Scalar.self)
    }
}

private struct Pad: ImageTransform {
    let padding: Padding
    let border: BorderMode

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let source = image.contiguous()
        let maps = zip(image.axes, image.sizes).map { axis, size in
            border.indices(size, before: padding.along(axis).before, after: padding.along(axis).after)
        }
        let fill = Scalar(converting: border.value)
        // What lies behind the last axis that grows moves as a block.
        let last = image.axes.lastIndex { padding.along($0) != (0, 0) } ?? 0
        let inner = image.sizes[(last + 1)...].reduce(1, *)
        var result = Image<Scalar>(axes: image.axes, sizes: maps.map(\.count)) { (samples: inout MutableSpan<Scalar>) in
            let copy = PaddedCopy(
                maps: Array(maps[...last]), strides: Array(source.layout.strides[...last]), inner: inner)
            copy.fill(&samples, from: source.samples, fill)
        }
        result.keepMeaning(of: image)
        for axis in image.axes { result.geometry = result.geometry?.cropped(axis, from: -padding.along(axis).before) }
        return result
    }
}

/// Copies blocks of samples by an index map for each axis.
private struct PaddedCopy {
    let maps: [[Int]]
    let strides: [Int]
    let inner: Int

    func fill<Scalar: ImageScalar>(_ target: inout MutableSpan<Scalar>, from source: Span<Scalar>, _ value: Scalar) {
        var next = 0
        fill(&target, &next, 0, 0, source, value)
    }

    private func fill<Scalar: ImageScalar>(
        _ target: inout MutableSpan<Scalar>, _ next: inout Int, _ axis: Int, _ start: Int?, _ source: Span<Scalar>,
        _ value: Scalar
    ) {
        guard axis < maps.count - 1 else { return fillRow(&target, &next, start, source, value) }
        for index in maps[axis] {
            let inside = index < 0 ? nil : start.map { $0 + index * strides[axis] }
            fill(&target, &next, axis + 1, inside, source, value)
        }
    }

    private func fillRow<Scalar: ImageScalar>(
        _ target: inout MutableSpan<Scalar>, _ next: inout Int, _ start: Int?, _ source: Span<Scalar>, _ value: Scalar
    ) {
        let (map, stride) = (maps[maps.count - 1], strides[maps.count - 1])
        for index in map {
            var piece = target._mutatingExtracting(next..<next + inner)
            if let start, index >= 0 {
                let from = source.extracting(start + index * stride..<start + index * stride + inner)
                for i in 0..<inner { piece[i] = from[i] }
            } else {
                for i in 0..<inner { piece[i] = value }
            }
            next += inner
        }
    }
}
