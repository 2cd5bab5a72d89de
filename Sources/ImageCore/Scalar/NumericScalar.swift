/// A sample type that can be calculated with: every ``ImageScalar`` but `Bool`.
public protocol NumericScalar: ImageScalar, Comparable, Numeric {
    /// The nearest value of this type: rounded half away from zero for integers, clamped to the type's range, NaN gives 0.
    init(saturating value: Double)
    /// The sample as a `Double`; integers beyond 2⁵³ lose their lowest bits.
    var doubleValue: Double { get }
    /// The smallest finite value.
    static var lowest: Self { get }
    /// The largest finite value.
    static var highest: Self { get }
}

extension NumericScalar where Self: FixedWidthInteger {
    /// The nearest integer, halves away from zero, clamped to the type's range; NaN gives 0.
    @inlinable
    public init(saturating value: Double) {
        let rounded = value.rounded(.toNearestOrAwayFromZero)
        if let exact = Self(exactly: rounded) {
            self = exact
        } else if rounded.isNaN {
            self = 0
        } else {
            self = rounded < 0 ? .min : .max
        }
    }
    /// The sample as a `Double`.
    @inlinable public var doubleValue: Double { Double(self) }
    /// The type's smallest value.
    @inlinable public static var lowest: Self { .min }
    /// The type's largest value.
    @inlinable public static var highest: Self { .max }
}

extension NumericScalar where Self: BinaryFloatingPoint {
    /// The nearest value, finite inputs clamped to the finite range; infinities and NaN are kept.
    @inlinable
    public init(saturating value: Double) {
        guard value.isFinite else {
            self = Self(value)
            return
        }
        self = Self(Swift.min(Swift.max(value, Double(Self.lowest)), Double(Self.highest)))
    }
    /// The sample as a `Double`.
    @inlinable public var doubleValue: Double { Double(self) }
    /// The smallest finite value.
    @inlinable public static var lowest: Self { -.greatestFiniteMagnitude }
    /// The largest finite value.
    @inlinable public static var highest: Self { .greatestFiniteMagnitude }
}

extension Int8: NumericScalar {
    /// See ``ScalarKind/int8``.
    public static var kind: ScalarKind { .int8 }
}
extension Int16: NumericScalar {
    /// See ``ScalarKind/int16``.
    public static var kind: ScalarKind { .int16 }
}
extension Int32: NumericScalar {
    /// See ``ScalarKind/int32``.
    public static var kind: ScalarKind { .int32 }
}
extension Int64: NumericScalar {
    /// See ``ScalarKind/int64``.
    public static var kind: ScalarKind { .int64 }
}
extension UInt8: NumericScalar {
    /// See ``ScalarKind/uint8``.
    public static var kind: ScalarKind { .uint8 }
}
extension UInt16: NumericScalar {
    /// See ``ScalarKind/uint16``.
    public static var kind: ScalarKind { .uint16 }
}
extension UInt32: NumericScalar {
    /// See ``ScalarKind/uint32``.
    public static var kind: ScalarKind { .uint32 }
}
extension UInt64: NumericScalar {
    /// See ``ScalarKind/uint64``.
    public static var kind: ScalarKind { .uint64 }
}
extension Float16: NumericScalar {
    /// See ``ScalarKind/float16``.
    public static var kind: ScalarKind { .float16 }
}
extension Float: NumericScalar {
    /// See ``ScalarKind/float32``.
    public static var kind: ScalarKind { .float32 }
}
extension Double: NumericScalar {
    /// See ``ScalarKind/float64``.
    public static var kind: ScalarKind { .float64 }
}
