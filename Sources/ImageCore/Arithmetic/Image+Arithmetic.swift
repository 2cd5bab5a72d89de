/// Arithmetic of two images, sample by sample.
///
/// Both images have the same axes, in any order, and the same sizes; views of any strides will do. The result has the
/// first image's order of axes, color, domain, geometry and metadata. Integers saturate: what lies beyond the scalar's
/// range becomes the range's end. Floating point follows IEEE 754.
extension Image where Scalar: NumericScalar {
    /// The sum of two images.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func + (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0.saturatingAdding($1) }
    }

    /// The difference of two images; of unsigned integers, 0 where it would be negative.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func - (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0.saturatingSubtracting($1) }
    }

    /// The product of two images.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func * (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0.saturatingMultiplied(by: $1) }
    }

    /// The quotient of two images: integers are rounded half away from zero.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; ``ImageError/divisionByZero`` when a sample of an integer
    ///   divisor is 0. Floating point gives infinities and NaN instead.
    @inlinable
    public static func / (first: Image, second: Image) throws(ImageError) -> Image {
        try second.checkDivisor()
        return try first.combined(with: second) { $0.saturatingDivided(by: $1) }
    }

    /// Adds another image in place.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the image is then unchanged.
    @inlinable
    public static func += (image: inout Image, other: Image) throws(ImageError) {
        try image.combine(with: other) { $0.saturatingAdding($1) }
    }

    /// Subtracts another image in place.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the image is then unchanged.
    @inlinable
    public static func -= (image: inout Image, other: Image) throws(ImageError) {
        try image.combine(with: other) { $0.saturatingSubtracting($1) }
    }

    /// Multiplies by another image in place.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the image is then unchanged.
    @inlinable
    public static func *= (image: inout Image, other: Image) throws(ImageError) {
        try image.combine(with: other) { $0.saturatingMultiplied(by: $1) }
    }

    /// Divides by another image in place; as `/` does.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)`` or ``ImageError/divisionByZero``; the image is then unchanged.
    @inlinable
    public static func /= (image: inout Image, other: Image) throws(ImageError) {
        try other.checkDivisor()
        try image.combine(with: other) { $0.saturatingDivided(by: $1) }
    }

    /// The size of the difference of two images; of signed integers, clamped to the scalar's range.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public func absoluteDifference(from other: Image) throws(ImageError) -> Image {
        try combined(with: other) { $0.absoluteDifference(from: $1) }
    }
}

extension Image where Scalar: NumericScalar {
    /// Refuses an integer divisor with a 0 in it before anything is calculated.
    @inlinable
    func checkDivisor() throws(ImageError) {
        guard !Scalar.kind.isFloatingPoint else { return }
        if contains(.zero) { throw .divisionByZero }
    }
}
