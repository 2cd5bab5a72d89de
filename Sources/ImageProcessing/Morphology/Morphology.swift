public import ImageCore

/// The neighborhood that a morphological operation looks at; it is symmetric about its center.
public enum StructuringElement: Sendable, Hashable {
    /// All pixels at most `radius` away along x and along y: a square of 2·radius + 1 pixels.
    case square(radius: Int)
    /// All pixels with dx² + dy² ≤ radius².
    case disc(radius: Int)

    /// The distance that the element reaches along each axis.
    public var radius: Int {
        switch self {
        case .square(let radius), .disc(let radius): radius
        }
    }

    /// Half the length of the element's row at a distance from its center.
    func halfWidth(atRow dy: Int) -> Int {
        guard case .disc(let radius) = self else { return radius }
        return Int(Double(radius * radius - dy * dy).squareRoot())
    }
}

extension Image<Bool> {
    /// The mask grown: a pixel holds where any pixel of the element around it does.
    ///
    /// Nothing holds outside the image.
    ///
    /// - Throws: ``ImageError`` for axes other than `[.y, .x]` or a radius below 0 or above 30,000.
    public func dilated(by element: StructuringElement) throws(ImageError) -> Image<Bool> {
        let shape = try planeShape()
        guard (0...30_000).contains(element.radius) else {
            throw .invalidArgument("expected a radius from 0 to 30000, found \(element.radius)")
        }
        let source = contiguous()
        var result = Image<Bool>(axes: axes, sizes: sizes, repeating: false, color: color, domain: domain)
        var samples = result.mutableSamples
        for y in 0..<shape.height { dilateRow(source.samples, y, shape, element, into: &samples) }
        result.geometry = geometry
        result.metadata = metadata
        return result
    }

    /// The mask shrunk: a pixel holds where all pixels of the element around it do.
    ///
    /// Pixels outside the image do not count.
    ///
    /// - Throws: what ``dilated(by:)`` throws.
    public func eroded(by element: StructuringElement) throws(ImageError) -> Image<Bool> {
        try inverted().dilated(by: element).inverted()
    }

    /// The mask eroded, then dilated: parts that the element does not fit into vanish.
    ///
    /// - Throws: what ``dilated(by:)`` throws.
    public func opened(by element: StructuringElement) throws(ImageError) -> Image<Bool> {
        try eroded(by: element).dilated(by: element)
    }

    /// The mask dilated, then eroded: gaps that the element does not fit into are filled.
    ///
    /// - Throws: what ``dilated(by:)`` throws.
    public func closed(by element: StructuringElement) throws(ImageError) -> Image<Bool> {
        try dilated(by: element).eroded(by: element)
    }
}

/// Grows one row of the source and adds it to all rows that the element reaches.
///
/// Each row of the element is a run, so a pixel holds when the next pixel of the source to its left end is not beyond its
/// right end.
private func dilateRow(
    _ source: Span<Bool>, _ y: Int, _ shape: PictureShape, _ element: StructuringElement,
    into output: inout MutableSpan<Bool>
) {
    let width = shape.width
    let row = source.extracting(y * width..<(y + 1) * width)
    var next = [Int](repeating: .max, count: width + 1)
    for x in (0..<width).reversed() { next[x] = row[x] ? x : next[x + 1] }
    guard next[0] < .max else { return }
    for target in max(0, y - element.radius)..<min(shape.height, y + element.radius + 1) {
        let half = element.halfWidth(atRow: target - y)
        for x in 0..<width where next[max(0, x - half)] <= x + half { output[target * width + x] = true }
    }
}
