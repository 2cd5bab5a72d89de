extension NumericScalar where Self: BinaryFloatingPoint {
    /// The nearest value, finite inputs clamped to the finite range; infinities and NaN are kept.
    @inlinable
    public init(saturating value: Double) {
        let nearest = Self(value)
        let isOverflow = nearest.isInfinite && value.isFinite
        self = isOverflow ? Self(signOf: nearest, magnitudeOf: .greatestFiniteMagnitude) : nearest
    }

    /// The nearest value, finite inputs clamped to the finite range; infinities and NaN are kept.
    @inlinable
    public init(saturating value: Float) {
        let nearest = Self(value)
        let isOverflow = nearest.isInfinite && value.isFinite
        self = isOverflow ? Self(signOf: nearest, magnitudeOf: .greatestFiniteMagnitude) : nearest
    }

    /// The nearest value; integers beyond the finite range of `Float16` are clamped to it.
    @inlinable
    public init<Source: FixedWidthInteger>(saturating value: Source) {
        let nearest = Self(value)
        self = nearest.isInfinite ? Self(signOf: nearest, magnitudeOf: .greatestFiniteMagnitude) : nearest
    }

    /// The sample as a `Double`.
    @inlinable public var doubleValue: Double { Double(self) }
    /// The smallest finite value.
    @inlinable public static var lowest: Self { -.greatestFiniteMagnitude }
    /// The largest finite value.
    @inlinable public static var highest: Self { .greatestFiniteMagnitude }
}

extension NumericScalar where Self: BinaryFloatingPoint {
    /// The sum, as IEEE 754 gives it.
    @inlinable public func saturatingAdding(_ other: Self) -> Self { self + other }
    /// The difference, as IEEE 754 gives it.
    @inlinable public func saturatingSubtracting(_ other: Self) -> Self { self - other }
    /// The product, as IEEE 754 gives it.
    @inlinable public func saturatingMultiplied(by other: Self) -> Self { self * other }
    /// The quotient, as IEEE 754 gives it: a division by zero gives an infinity or NaN.
    @inlinable public func saturatingDivided(by other: Self) -> Self { self / other }
    /// The opposite number; 0 becomes −0.
    @inlinable public func saturatingNegated() -> Self { -self }
    /// The size of the difference.
    @inlinable public func absoluteDifference(from other: Self) -> Self { (self - other).magnitude }
}

extension NumericScalar where Self: BinaryFloatingPoint, Sum == Double {
    /// Adds the sample to a sum.
    @inlinable public func add(to sum: inout Double) { sum += Double(self) }
    /// The mean, rounded to the type's precision.
    @inlinable
    public static func mean(of sum: Double, count: Int) -> Self { Self(saturating: sum / Double(count)) }
    /// The sum itself.
    @inlinable public static func doubleValue(of sum: Double) -> Double { sum }
}
