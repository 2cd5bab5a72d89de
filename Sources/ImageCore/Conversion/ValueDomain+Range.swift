extension ValueDomain {
    /// The values that black and white have in samples of a type, or `nil` where there is no black and white.
    ///
    /// An unspecified domain is that of the type: the whole range of unsigned integers, 0 to 1 for floating point; signed
    /// integers have none.
    public func blackAndWhite<Scalar: NumericScalar>(in type: Scalar.Type) -> ClosedRange<Double>? {
        switch self {
        case .integer(let bits): bits > 0 && bits <= 64 ? 0...Self.largest(bits: bits) : nil
        case .unit: 0...1
        case .range(let range): range.lowerBound < range.upperBound ? range : nil
        case .hounsfield, .labels: nil
        case .unspecified: Self.natural(for: type)?.blackAndWhite(in: type)
        }
    }

    /// The domain that uses a type to the full: 0…1 for floating point, all bits but the sign for integers.
    public static func full<Scalar: NumericScalar>(for type: Scalar.Type) -> ValueDomain {
        if Scalar.kind.isFloatingPoint { return .unit }
        return .integer(bits: Scalar.kind.byteCount * 8 - (Scalar.kind.isSigned ? 1 : 0))
    }

    /// What samples of a type mean when nobody says it; `nil` for signed integers.
    private static func natural<Scalar: NumericScalar>(for type: Scalar.Type) -> ValueDomain? {
        Scalar.kind.isFloatingPoint || !Scalar.kind.isSigned ? full(for: type) : nil
    }

    /// 2^bits − 1.
    private static func largest(bits: Int) -> Double {
        bits == 64 ? Double(UInt64.max) : Double((UInt64(1) << UInt64(bits)) - 1)
    }
}
