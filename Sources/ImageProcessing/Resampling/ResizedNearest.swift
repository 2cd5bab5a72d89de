public import ImageCore

extension Image {
    /// The picture at another size, every pixel taking the value of the source pixel under its center.
    ///
    /// Nothing is interpolated: the way for masks and labels. Center (i + ½)·n/m falls into source pixel
    /// ⌊(2i + 1)·n / 2m⌋, so that a center on the edge of two pixels takes the right or lower one. The geometry's
    /// spacing and origin follow the size; color, domain and metadata are kept.
    ///
    /// - Parameter size: Width and height of the result.
    /// - Returns: The picture of that size.
    /// - Throws: ``ImageError`` for axes other than `[.y, .x]` and `[.y, .x, .channel]`, an empty image or an empty size.
    public func resizedNearest(to size: PixelSize) throws(ImageError) -> Image {
        let shape = try pictureShape()
        guard !isEmpty else { throw .emptyImage }
        guard size.width > 0, size.height > 0 else {
            throw .invalidArgument("expected a size above 0, found \(size.width) x \(size.height)")
        }
        let columns = (0..<size.width).map { (2 * $0 + 1) * shape.width / (2 * size.width) * shape.channels }
        let rows = (0..<size.height).map { (2 * $0 + 1) * shape.height / (2 * size.height) * shape.rowLength }
        let source = contiguous()
        var result = Image(axes: axes, sizes: shape.sizes(size), color: color, domain: domain) {
            gather(source.samples, rows, columns, shape.channels, into: &$0)
        }
        result.metadata = metadata
        result.geometry = geometry?.resized(.x, from: shape.width, to: size.width)
            .resized(.y, from: shape.height, to: size.height)
        return result
    }
}

private func gather<Scalar: ImageScalar>(
    _ source: Span<Scalar>, _ rows: [Int], _ columns: [Int], _ channels: Int, into output: inout MutableSpan<Scalar>
) {
    var next = 0
    for row in rows {
        for column in columns {
            for channel in 0..<channels {
                output[next] = source[row + column + channel]
                next += 1
            }
        }
    }
}
