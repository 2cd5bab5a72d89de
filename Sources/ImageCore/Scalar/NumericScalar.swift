/// A sample type that can be calculated with: every ``ImageScalar`` but `Bool`.
///
/// Integers saturate: a result beyond the type's range becomes the range's end. Floating-point types follow IEEE 754.
public protocol NumericScalar: ImageScalar, Comparable, Numeric {
    /// A number that holds the sum of 2²⁴ samples: exactly for integers, as `Double` for floating point.
    associatedtype Sum: Numeric & BitwiseCopyable & Sendable

    /// The nearest value of this type: rounded half away from zero for integers, clamped to the type's finite range.
    ///
    /// NaN gives 0 for integers. Floating-point types keep NaN and infinities; finite numbers stay finite.
    init(saturating value: Double)
    /// The nearest value of this type; see ``init(saturating:)-(Double)``.
    init(saturating value: Float)
    /// The nearest value of this type to an integer: exact between integers, rounded to nearest for floating point.
    init<Source: FixedWidthInteger>(saturating value: Source)
    /// The sample as a `Double`; integers beyond 2⁵³ lose their lowest bits.
    var doubleValue: Double { get }
    /// The smallest finite value.
    static var lowest: Self { get }
    /// The largest finite value.
    static var highest: Self { get }

    /// The sum, clamped to the range of an integer type.
    func saturatingAdding(_ other: Self) -> Self
    /// The difference, clamped to the range of an integer type.
    func saturatingSubtracting(_ other: Self) -> Self
    /// The product, clamped to the range of an integer type.
    func saturatingMultiplied(by other: Self) -> Self
    /// The quotient: for integers rounded half away from zero and clamped.
    ///
    /// - Precondition: an integer divisor is not 0.
    func saturatingDivided(by other: Self) -> Self
    /// The opposite number, clamped: 0 for unsigned integers, the largest value for the smallest signed one.
    func saturatingNegated() -> Self
    /// The size of the difference, clamped to the range of an integer type.
    func absoluteDifference(from other: Self) -> Self

    /// Adds the sample to a sum of at most 2²⁴ samples.
    func add(to sum: inout Sum)
    /// The mean of samples by their sum: for integers rounded half up.
    ///
    /// - Precondition: the count is from 1 to 2²⁴.
    static func mean(of sum: Sum, count: Int) -> Self
    /// A sum as a `Double`.
    static func doubleValue(of sum: Sum) -> Double
}

extension NumericScalar {
    /// The value of this type that comes nearest to a sample of another type.
    @inlinable
    public init<Source: ImageScalar>(converting value: Source) { self = value.saturated(to: Self.self) }

    /// Whether the sample is neither 0 nor NaN.
    @inlinable public var isSet: Bool { self < .zero || self > .zero }

    /// Whether no sample of another type lies beyond this type's range.
    @inlinable
    public static func covers<Other: NumericScalar>(_ other: Other.Type) -> Bool {
        lowest.doubleValue <= Other.lowest.doubleValue && highest.doubleValue >= Other.highest.doubleValue
    }
}
