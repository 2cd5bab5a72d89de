/// Arithmetic of an image and one number, which is added to, subtracted from … every sample.
///
/// Integers saturate, floating point follows IEEE 754; everything but the samples is kept.
extension Image where Scalar: NumericScalar {
    /// The image with a number added to every sample.
    @inlinable
    public static func + (image: Image, value: Scalar) -> Image { image.map { $0.saturatingAdding(value) } }

    /// The image with every sample added to a number.
    @inlinable
    public static func + (value: Scalar, image: Image) -> Image { image + value }

    /// The image with a number subtracted from every sample.
    @inlinable
    public static func - (image: Image, value: Scalar) -> Image { image.map { $0.saturatingSubtracting(value) } }

    /// The image with every sample subtracted from a number: `255 - image` is the negative of a picture.
    @inlinable
    public static func - (value: Scalar, image: Image) -> Image { image.map { value.saturatingSubtracting($0) } }

    /// The image with every sample multiplied by a number.
    @inlinable
    public static func * (image: Image, value: Scalar) -> Image { image.map { $0.saturatingMultiplied(by: value) } }

    /// The image with a number multiplied by every sample.
    @inlinable
    public static func * (value: Scalar, image: Image) -> Image { image * value }

    /// The image with every sample divided by a number; integers are rounded half away from zero.
    ///
    /// - Throws: ``ImageError/divisionByZero`` for an integer 0.
    @inlinable
    public static func / (image: Image, value: Scalar) throws(ImageError) -> Image {
        try value.checkDivisor()
        return image.map { $0.saturatingDivided(by: value) }
    }

    /// The image with a number divided by every sample; integers are rounded half away from zero.
    ///
    /// - Throws: ``ImageError/divisionByZero`` when a sample of an integer image is 0.
    @inlinable
    public static func / (value: Scalar, image: Image) throws(ImageError) -> Image {
        try image.checkDivisor()
        return image.map { value.saturatingDivided(by: $0) }
    }

    /// The image with the opposite of every sample: 0 for unsigned integers, the largest value for the smallest signed one.
    @inlinable
    public static prefix func - (image: Image) -> Image { image.map { $0.saturatingNegated() } }

    /// Replaces every sample by its opposite; see ``-(_:)``.
    @inlinable
    public mutating func negate() { mapInPlace { $0.saturatingNegated() } }

    /// Adds a number to every sample in place.
    @inlinable
    public static func += (image: inout Image, value: Scalar) { image.mapInPlace { $0.saturatingAdding(value) } }

    /// Subtracts a number from every sample in place.
    @inlinable
    public static func -= (image: inout Image, value: Scalar) { image.mapInPlace { $0.saturatingSubtracting(value) } }

    /// Multiplies every sample by a number in place.
    @inlinable
    public static func *= (image: inout Image, value: Scalar) {
        image.mapInPlace { $0.saturatingMultiplied(by: value) }
    }

    /// Divides every sample by a number in place; integers are rounded half away from zero.
    ///
    /// - Throws: ``ImageError/divisionByZero`` for an integer 0; the image is then unchanged.
    @inlinable
    public static func /= (image: inout Image, value: Scalar) throws(ImageError) {
        try value.checkDivisor()
        image.mapInPlace { $0.saturatingDivided(by: value) }
    }
}

extension NumericScalar {
    /// Refuses an integer 0.
    @inlinable
    func checkDivisor() throws(ImageError) {
        if !Self.kind.isFloatingPoint && self == .zero { throw .divisionByZero }
    }
}
