public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The picture with its contrast equalized tile by tile and limited: CLAHE (Pizer et al., 1987; Zuiderveld, 1994).
    ///
    /// Each tile has a histogram of its own, cut off at the limit with the excess spread over all levels; between the centers
    /// of tiles their mappings are interpolated linearly. Where tiles do not divide the picture it is continued by
    /// ``BorderMode/reflect101``. Levels are those of ``histogramEqualized()``. For `UInt8` and `UInt16` the same as OpenCV's
    /// CLAHE. Every channel is treated by itself: for color pictures convert to YCbCr and equalize its first channel.
    /// - Parameters:
    ///   - clipLimit: How many times the mean of a histogram its bins may hold; 0 does not limit.
    ///   - tiles: Number of tiles along x and y.
    /// - Returns: The picture in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for labels, a negative limit or tiles that are fewer than 1 or more than
    ///   pixels, ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func adaptivelyEqualized(
        clipLimit: Double = 2, tiles: PixelSize = PixelSize(width: 8, height: 8)
    ) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard clipLimit >= 0, clipLimit.isFinite, (1...width).contains(tiles.width), (1...height).contains(tiles.height)
        else {
            throw .invalidArgument(
                "expected a limit of 0 or more and 1 to \(width) x \(height) tiles, found \(clipLimit) and "
                    + "\(tiles.width) x \(tiles.height)")
        }
        let levels = try ValueLevels(self)
        if levels.areSamples(of: Scalar.self) {
            switch AnyImage(self) {
            case .uint8(let image):
                return AnyImage(try image.equalized(tiles, levels, clipLimit)).converted(to: Scalar.self)
            case .uint16(let image):
                return AnyImage(try image.equalized(tiles, levels, clipLimit)).converted(to: Scalar.self)
            default: break
            }
        }
        let result = try AnyImage(self).accept(ToLevels(levels: levels)).equalized(tiles, levels, clipLimit)
        return AnyImage(result.map { Scalar(saturating: levels.value(of: Double($0))) })
            .converted(to: Scalar.self).withMeaning(of: self)
    }
}

extension Image where Scalar: FixedWidthInteger {
    /// An image of levels, equalized.
    fileprivate func equalized(
        _ tiles: PixelSize, _ levels: ValueLevels, _ clipLimit: Double
    ) throws(ImageError) -> Image {
        let planes = try Planes(self)
        let equalizer = try TileEqualizer(planes, tiles, levels: levels.count, clipLimit: clipLimit)
        return try mappingPlanes(planes) { equalizer.equalize($0, into: &$1) }
    }
}
