/// One entry of a TIFF directory, its value already in little-endian bytes.
struct TIFFField {
    /// Types of TIFF 6.0, and the 64-bit integer of BigTIFF.
    enum Kind: UInt16 {
        case byte = 1
        case ascii = 2
        case short = 3
        case long = 4
        case rational = 5
        case undefined = 7
        case long8 = 16
    }

    let tag: TIFFTag
    let kind: Kind
    let count: Int
    let bytes: [UInt8]

    static func short(_ tag: TIFFTag, _ values: [UInt16]) -> TIFFField {
        TIFFField(tag: tag, kind: .short, count: values.count, bytes: values.flatMap { littleEndian($0) })
    }

    static func long(_ tag: TIFFTag, _ values: [UInt32]) -> TIFFField {
        TIFFField(tag: tag, kind: .long, count: values.count, bytes: values.flatMap { littleEndian($0) })
    }

    static func long8(_ tag: TIFFTag, _ values: [UInt64]) -> TIFFField {
        TIFFField(tag: tag, kind: .long8, count: values.count, bytes: values.flatMap { littleEndian($0) })
    }

    static func text(_ tag: TIFFTag, _ text: String) -> TIFFField {
        let bytes = text.utf8.filter { $0 != 0 } + [0]
        return TIFFField(tag: tag, kind: .ascii, count: bytes.count, bytes: bytes)
    }

    static func undefined(_ tag: TIFFTag, _ bytes: [UInt8]) -> TIFFField {
        TIFFField(tag: tag, kind: .undefined, count: bytes.count, bytes: bytes)
    }

    static func rational(_ tag: TIFFTag, _ value: Double) -> TIFFField {
        let fraction = bestFraction(value)
        return TIFFField(
            tag: tag, kind: .rational, count: 1,
            bytes: littleEndian(fraction.numerator) + littleEndian(fraction.denominator))
    }
}

/// The bytes of an integer, lowest first.
func littleEndian<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Integer($0 * 8)) }
}

/// The fraction of 32-bit numbers that is nearest to a value, by its continued fraction.
///
/// Values that are not finite or not positive give 0/1.
func bestFraction(_ value: Double) -> (numerator: UInt32, denominator: UInt32) {
    let limit = Double(UInt32.max)
    guard value.isFinite, value > 0, value <= limit else { return (0, 1) }
    var (before, now) = ((n: 0.0, d: 1.0), (n: 1.0, d: 0.0))
    var rest = value
    for _ in 0..<40 {
        let whole = rest.rounded(.down)
        let next = (n: whole * now.n + before.n, d: whole * now.d + before.d)
        guard next.n <= limit, next.d <= limit else { break }
        (before, now) = (now, next)
        guard rest > whole, now.n / now.d != value else { break }
        rest = 1 / (rest - whole)
    }
    return (UInt32(now.n), UInt32(now.d))
}
