extension NumericScalar where Self: FixedWidthInteger {
    /// The nearest integer, halves away from zero, clamped to the type's range; NaN gives 0.
    @inlinable
    public init(saturating value: Double) {
        if Self.bitWidth <= 32 {
            self = Self(truncatingIfNeeded: roundedInteger(value, from: Double(Self.min), through: Double(Self.max)))
        } else {
            self.init(exactOrClamped: value)
        }
    }

    /// The nearest integer, halves away from zero, clamped to the type's range; NaN gives 0.
    @inlinable
    public init(saturating value: Float) {
        if Self.bitWidth <= 16 {
            self = Self(truncatingIfNeeded: roundedInteger(value, from: Float(Self.min), through: Float(Self.max)))
        } else {
            self.init(saturating: Double(value))
        }
    }

    /// For 64 bits, whose range no floating-point type covers exactly.
    @inlinable
    init(exactOrClamped value: Double) {
        let rounded = value.rounded(.toNearestOrAwayFromZero)
        if let exact = Self(exactly: rounded) {
            self = exact
        } else {
            self = rounded.isNaN ? 0 : rounded < 0 ? .min : .max
        }
    }

    /// The same integer, clamped to the type's range.
    @inlinable
    public init<Source: FixedWidthInteger>(saturating value: Source) {
        // Both bounds are constants of the source's type, so that the loop around this vectorizes.
        let clamped = Swift.min(Swift.max(value, Source(clamping: Self.min)), Source(clamping: Self.max))
        self = Self(truncatingIfNeeded: clamped)
    }

    /// The sample as a number of another type.
    @inlinable
    public func saturated<Target: NumericScalar>(to type: Target.Type) -> Target { Target(saturating: self) }

    /// The sample as a `Double`.
    @inlinable public var doubleValue: Double { Double(self) }
    /// The type's smallest value.
    @inlinable public static var lowest: Self { .min }
    /// The type's largest value.
    @inlinable public static var highest: Self { .max }
}

extension NumericScalar where Self: FixedWidthInteger {
    /// The sum, clamped to the type's range.
    @inlinable
    public func saturatingAdding(_ other: Self) -> Self {
        // Clamping the summand instead of testing for overflow vectorizes, also in place.
        let lower = Self.min &- Swift.min(self, 0)
        let upper = Self.max &- Swift.max(self, 0)
        return self &+ Swift.min(Swift.max(other, lower), upper)
    }

    /// The difference, clamped to the type's range.
    @inlinable
    public func saturatingSubtracting(_ other: Self) -> Self {
        guard Self.isSigned else { return self &- Swift.min(other, self) }
        let lower = Swift.max(self, ~0) &- Self.max
        let upper = Swift.min(self, ~0) &- Self.min
        return self &- Swift.min(Swift.max(other, lower), upper)
    }

    /// The product, clamped to the type's range.
    @inlinable
    public func saturatingMultiplied(by other: Self) -> Self {
        if Self.bitWidth <= 16 { return multipliedIn32Bits(by: other) }
        let product = multipliedFullWidth(by: other)
        let low = Self(truncatingIfNeeded: product.low)
        guard Self.isSigned else { return product.high == 0 ? low : .max }
        // The product fits when its high half only repeats the sign of its low half.
        let end: Self = product.high < 0 ? .min : .max
        return product.high == low >> (Self.bitWidth - 1) ? low : end
    }

    /// For 8 and 16 bits, whose products fit 32: vectorizes, which the test of a double-width product does not.
    @inlinable
    func multipliedIn32Bits(by other: Self) -> Self {
        guard Self.isSigned else {
            let product = UInt32(truncatingIfNeeded: self) &* UInt32(truncatingIfNeeded: other)
            return Self(truncatingIfNeeded: Swift.min(product, UInt32(truncatingIfNeeded: Self.max)))
        }
        let product = Int32(truncatingIfNeeded: self) &* Int32(truncatingIfNeeded: other)
        let (lower, upper) = (Int32(truncatingIfNeeded: Self.min), Int32(truncatingIfNeeded: Self.max))
        return Self(truncatingIfNeeded: Swift.min(Swift.max(product, lower), upper))
    }

    /// The quotient, rounded half away from zero and clamped to the type's range.
    ///
    /// - Precondition: the divisor is not 0.
    @inlinable
    public func saturatingDivided(by other: Self) -> Self {
        if Self.isSigned && other == ~0 { return saturatingNegated() }
        let (quotient, remainder) = quotientAndRemainder(dividingBy: other)
        let isNearer = remainder.magnitude >= other.magnitude &- remainder.magnitude
        guard isNearer else { return quotient }
        return (self < 0) == (other < 0) ? quotient &+ 1 : quotient &- 1
    }

    /// The opposite number, clamped: 0 for unsigned types, the largest value for the smallest signed one.
    @inlinable
    public func saturatingNegated() -> Self { Self(0).saturatingSubtracting(self) }

    /// The size of the difference, clamped to the type's range.
    @inlinable
    public func absoluteDifference(from other: Self) -> Self {
        Swift.max(self, other).saturatingSubtracting(Swift.min(self, other))
    }
}

extension NumericScalar where Self: FixedWidthInteger, Sum: FixedWidthInteger {
    /// Adds the sample to a sum, which is wide enough not to overflow.
    @inlinable public func add(to sum: inout Sum) { sum &+= Sum(truncatingIfNeeded: self) }

    /// The mean, rounded half up: 2.5 gives 3, −2.5 gives −2.
    @inlinable
    public static func mean(of sum: Sum, count: Int) -> Self {
        let divisor = Sum(truncatingIfNeeded: count)
        let shifted = sum &+ divisor / 2
        let quotient = shifted / divisor
        let isBelow = Sum.isSigned && shifted < quotient &* divisor
        return Self(truncatingIfNeeded: isBelow ? quotient &- 1 : quotient)
    }

    /// The sum as a `Double`.
    @inlinable public static func doubleValue(of sum: Sum) -> Double { Double(sum) }
}
