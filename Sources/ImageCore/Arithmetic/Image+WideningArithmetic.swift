/// Arithmetic whose result has a wider scalar, for results that the images' own scalar cannot hold.
///
/// Both samples are converted first and the operation is done on the wider scalar: `UInt8` 200 · 200 is 40000 as `Int32`,
/// and 1 / 2 is 0.5 as `Float`. Shapes and meaning follow the rules of the saturating operators.
extension Image where Scalar: NumericScalar {
    /// The sum of two images as a wider scalar.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; ``ImageError/invalidArgument(_:)`` for a scalar whose range
    ///   is not wider.
    @inlinable
    public func adding<Wide: NumericScalar>(_ other: Image, as type: Wide.Type) throws(ImageError) -> Image<Wide> {
        try Self.checkWidening(to: type)
        return try combined(with: other) { Wide(converting: $0).saturatingAdding(Wide(converting: $1)) }
    }

    /// The difference of two images as a wider scalar: that of `UInt8` images as `Int16` keeps its sign.
    ///
    /// - Throws: as ``adding(_:as:)``.
    @inlinable
    public func subtracting<Wide: NumericScalar>(_ other: Image, as type: Wide.Type) throws(ImageError) -> Image<Wide> {
        try Self.checkWidening(to: type)
        return try combined(with: other) { Wide(converting: $0).saturatingSubtracting(Wide(converting: $1)) }
    }

    /// The product of two images as a wider scalar.
    ///
    /// - Throws: as ``adding(_:as:)``.
    @inlinable
    public func multiplied<Wide: NumericScalar>(by other: Image, as type: Wide.Type) throws(ImageError) -> Image<Wide> {
        try Self.checkWidening(to: type)
        return try combined(with: other) { Wide(converting: $0).saturatingMultiplied(by: Wide(converting: $1)) }
    }

    /// The quotient of two images as a wider scalar.
    ///
    /// - Throws: as ``adding(_:as:)``; ``ImageError/divisionByZero`` when the wider scalar is an integer and a sample of
    ///   the divisor is 0.
    @inlinable
    public func divided<Wide: NumericScalar>(by other: Image, as type: Wide.Type) throws(ImageError) -> Image<Wide> {
        try Self.checkWidening(to: type)
        if !Wide.kind.isFloatingPoint { try other.checkDivisor() }
        return try combined(with: other) { Wide(converting: $0).saturatingDivided(by: Wide(converting: $1)) }
    }

    @inlinable
    static func checkWidening<Wide: NumericScalar>(to type: Wide.Type) throws(ImageError) {
        guard Wide.covers(Scalar.self) else {
            throw .invalidArgument("\(Wide.kind) does not hold every value of \(Scalar.kind)")
        }
    }
}
