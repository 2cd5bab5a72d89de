public import ImageCore

extension Image {
    /// The middle of the picture, as a view: no sample is copied, the origin moves along.
    ///
    /// Of an odd number of pixels that are cut away the larger half goes at the right and at the bottom.
    /// - Parameter size: Width and height; at most those of the picture. See
    ///   ``centerCropped(to:padding:)`` for larger ones.
    /// - Returns: The middle of the picture.
    /// - Throws: ``ImageError/outOfBounds(_:)`` for a size that is larger than the picture or below 1,
    ///   ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func centerCropped(to size: PixelSize) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard (1...width).contains(size.width), (1...height).contains(size.height) else {
            throw .outOfBounds("expected a size within \(width) x \(height), found \(size.width) x \(size.height)")
        }
        return cropped(
            to: PixelRect(
                x: (width - size.width) / 2, y: (height - size.height) / 2, width: size.width, height: size.height))
    }

    /// The middle of the picture; where it is smaller than the size wanted, samples are added on both sides.
    ///
    /// - Throws: what ``centerCropped(to:)`` and ``padded(by:border:)`` throw.
    public func centerCropped(to size: PixelSize, padding border: BorderMode) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        let missing = (x: max(0, size.width - width), y: max(0, size.height - height))
        guard missing != (0, 0) else { return try centerCropped(to: size) }
        return try padded(
            by: Padding(
                left: missing.x / 2, right: missing.x - missing.x / 2, top: missing.y / 2,
                bottom: missing.y - missing.y / 2), border: border
        ).centerCropped(to: size)
    }

    /// The largest square in the middle of the picture, as a view.
    ///
    /// - Throws: what ``centerCropped(to:)`` throws.
    public func centerSquare() throws(ImageError) -> Image {
        try centerCropped(to: PixelSize(width: min(width, height), height: min(width, height)))
    }
}
