/// A type that samples of an image can have: the integers of 8 to 64 bits, `Float16`, `Float`, `Double`, and `Bool` for masks.
///
/// The set is closed: ``AnyImage`` has one case for each, and no other type conforms.
public protocol ImageScalar: Sendable, BitwiseCopyable, Hashable {
    /// The kind that names this type.
    static var kind: ScalarKind { get }
    /// The value of a sample that nothing was written to: 0, or `false`.
    static var zero: Self { get }
    /// The value of this type that comes nearest to a sample of another type.
    ///
    /// Numbers are rounded half away from zero and clamped as in ``NumericScalar/init(saturating:)-(Double)``; integers
    /// become integers without a detour over floating point. `true` is 1; any number but 0 and NaN is `true`.
    init<Source: ImageScalar>(converting value: Source)
    /// The sample as a number of another type, as ``init(converting:)`` gives it.
    func saturated<Target: NumericScalar>(to type: Target.Type) -> Target
    /// Whether the sample is neither `false` nor 0 nor NaN.
    var isSet: Bool { get }
}

extension Bool: ImageScalar {
    /// See ``ScalarKind/bool``.
    public static var kind: ScalarKind { .bool }
    /// `false`.
    public static var zero: Bool { false }
    /// Whether the sample is neither `false` nor 0 nor NaN.
    @inlinable public init<Source: ImageScalar>(converting value: Source) { self = value.isSet }
    /// 1 for `true`, 0 for `false`.
    @inlinable public func saturated<Target: NumericScalar>(to type: Target.Type) -> Target { self ? 1 : 0 }
    /// The sample itself.
    @inlinable public var isSet: Bool { self }
}
