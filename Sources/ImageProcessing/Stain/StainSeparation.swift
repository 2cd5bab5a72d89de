public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The concentrations of stains in every pixel of an image in RGB, in units of optical density −ln(value / white).
    ///
    /// - Parameters:
    ///   - matrix: The stains; for two the third channel of the result is what they do not explain.
    ///   - white: The value of white; `nil` takes that of the domain.
    ///   - floor: The smallest value that counts, as a part of white.
    /// - Returns: Three channels in the place of red, green and blue; negative concentrations are kept, so that
    ///   ``withStains(_:white:as:)`` gives the colors back. The domain is unspecified.
    /// - Throws: ``ImageError`` for anything but three channels.
    public func stainConcentrations(
        _ matrix: StainMatrix = .hematoxylinEosinDAB, white: Double? = nil, floor: Double = 1e-6
    ) throws(ImageError) -> Image<Float> {
        var planes = try RGBPlanes(self, white: white)
        let value = planes.white
        planes.change { pixel in
            let part = pointwiseMax(pixel / value, SIMD3(repeating: floor))
            return matrix.concentrations(
                in: SIMD3(-logarithm(part.x), -logarithm(part.y), -logarithm(part.z)))
        }
        var result = try planes.image.rearranged(to: axes)
        result.keepMeaning(of: self)
        (result.color, result.domain) = (.unspecified, .unspecified)
        return result
    }

    /// The image in RGB that concentrations of stains give; the inverse of ``stainConcentrations(_:white:floor:)``.
    ///
    /// - Parameters:
    ///   - matrix: The stains.
    ///   - white: The value of white in the result.
    ///   - type: The scalar of the result; integers are rounded and saturated.
    /// - Returns: Red, green and blue in the place of the three stains.
    /// - Throws: ``ImageError`` for anything but three channels.
    public func withStains<Target: NumericScalar>(
        _ matrix: StainMatrix = .hematoxylinEosinDAB, white: Double, as type: Target.Type = UInt8.self
    ) throws(ImageError) -> Image<Target> {
        var planes = try RGBPlanes(self, white: white)
        planes.change { concentrations in
            let density = matrix.density(of: concentrations)
            return white * SIMD3(exponential(-density.x), exponential(-density.y), exponential(-density.z))
        }
        var result = AnyImage(try planes.image.rearranged(to: axes)).converted(to: Target.self)
        result.keepMeaning(of: self)
        (result.color, result.domain) = (.rgb, .range(0...white))
        return result
    }
}
