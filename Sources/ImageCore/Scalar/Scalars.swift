extension Int8: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Int32
    /// See ``ScalarKind/int8``.
    public static var kind: ScalarKind { .int8 }
}
extension Int16: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Int64
    /// See ``ScalarKind/int16``.
    public static var kind: ScalarKind { .int16 }
}
extension Int32: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Int64
    /// See ``ScalarKind/int32``.
    public static var kind: ScalarKind { .int32 }
}
extension Int64: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Int128
    /// See ``ScalarKind/int64``.
    public static var kind: ScalarKind { .int64 }
}
extension UInt8: NumericScalar {
    /// Sums of samples.
    public typealias Sum = UInt32
    /// See ``ScalarKind/uint8``.
    public static var kind: ScalarKind { .uint8 }
}
extension UInt16: NumericScalar {
    /// Sums of samples.
    public typealias Sum = UInt64
    /// See ``ScalarKind/uint16``.
    public static var kind: ScalarKind { .uint16 }
}
extension UInt32: NumericScalar {
    /// Sums of samples.
    public typealias Sum = UInt64
    /// See ``ScalarKind/uint32``.
    public static var kind: ScalarKind { .uint32 }
}
extension UInt64: NumericScalar {
    /// Sums of samples.
    public typealias Sum = UInt128
    /// See ``ScalarKind/uint64``.
    public static var kind: ScalarKind { .uint64 }
}
extension Float16: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Double
    /// See ``ScalarKind/float16``.
    public static var kind: ScalarKind { .float16 }
    /// The sample as a number of another type.
    @inlinable
    public func saturated<Target: NumericScalar>(to type: Target.Type) -> Target { Target(saturating: Float(self)) }
}
extension Float: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Double
    /// See ``ScalarKind/float32``.
    public static var kind: ScalarKind { .float32 }
    /// The sample as a number of another type.
    @inlinable
    public func saturated<Target: NumericScalar>(to type: Target.Type) -> Target { Target(saturating: self) }
}
extension Double: NumericScalar {
    /// Sums of samples.
    public typealias Sum = Double
    /// See ``ScalarKind/float64``.
    public static var kind: ScalarKind { .float64 }
    /// The sample as a number of another type.
    @inlinable
    public func saturated<Target: NumericScalar>(to type: Target.Type) -> Target { Target(saturating: self) }
}
