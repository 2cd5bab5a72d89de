public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The mean of the rectangle around each pixel.
    ///
    /// Rounding is that of ``correlated(along:anchors:border:as:)``.
    /// - Parameters:
    ///   - width: Width of the rectangle; of an even number the pixel is the later of the two middle ones.
    ///   - height: Height of the rectangle.
    ///   - border: What lies beyond the edges.
    /// - Returns: The blurred image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a size below 1, ``ImageError/missingAxis(_:)``,
    ///   ``ImageError/emptyImage``.
    public func boxBlurred(
        width: Int, height: Int, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        guard (1..<1 << 20).contains(width), (1..<1 << 20).contains(height) else {
            throw .invalidArgument("expected a size above 0, found \(width) x \(height)")
        }
        let x = [Double](repeating: 1 / Double(width), count: width)
        let y = [Double](repeating: 1 / Double(height), count: height)
        return try smoothed(along: [(.x, x), (.y, y)], border)
    }
}
