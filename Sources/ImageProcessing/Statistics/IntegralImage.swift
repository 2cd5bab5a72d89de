public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The sums of all samples above and to the left: the integral image, or summed-area table.
    ///
    /// One row and one column longer than the picture, starting with zeros: `result[y, x]` is the sum of the pixels in rows
    /// before y and columns before x, so that the sum of any rectangle is
    /// `result[bottom, right] − result[top, right] − result[bottom, left] + result[top, left]`. Sums are exact up to 2⁵³.
    /// - Parameter squared: Whether samples are squared first.
    /// - Returns: One table for each channel and plane; color and domain are unspecified, the geometry starts one pixel before.
    /// - Throws: ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func integralImage(squared: Bool = false) throws(ImageError) -> Image<Double> {
        let values = AnyImage(self).converted(to: Double.self)
        let planes = try Planes(values)
        let (width, height, channels) = (width + 1, height + 1, planes.channels)
        var result: Image<Double> = try values.mappingPlanes(planes, width: width, height: height) { source, target in
            for i in 0..<width * channels { target[i] = 0 }
            for y in 1..<height {
                let (line, start) = ((y - 1) * planes.rowLength, y * width * channels)
                for c in 0..<channels {
                    var sum = 0.0
                    target[start + c] = 0
                    for x in 1..<width {
                        let value = source[line + (x - 1) * channels + c]
                        sum += squared ? value * value : value
                        target[start + x * channels + c] = target[start - width * channels + x * channels + c] + sum
                    }
                }
            }
        }
        (result.color, result.domain) = (.unspecified, .unspecified)
        result.geometry = geometry?.cropped(.x, from: -1).cropped(.y, from: -1)
        return result
    }
}
