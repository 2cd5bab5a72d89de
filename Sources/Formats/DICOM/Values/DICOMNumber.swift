/// One number of a value: whole or not.
enum DICOMNumber {
    case whole(Int)
    case decimal(Double)
    case none

    /// Text of the VRs DS and IS.
    init(_ text: Span<UInt8>) {
        if let number = Self.short(text) {
            self = number
            return
        }
        let text = text.indices.map { text[$0] }
        let string = String(decoding: text, as: UTF8.self)
        // Swift reads hexadecimal numbers, infinities and NaN too, which PS3.5 does not have.
        if text.contains(where: { !Self.characters.contains($0) }) {
            self = .none
        } else if let whole = Int(string) {
            self = .whole(whole)
        } else if let value = Double(string) {
            self = .decimal(value)
        } else {
            self = .none
        }
    }

    /// Those of a decimal string (PS3.5, section 6.2).
    private static let characters = Array("0123456789+-.Ee".utf8)

    /// Up to 15 digits with at most one point and no exponent, as most are.
    ///
    /// Such digits and the power of ten are exact, so that their quotient is the nearest number (W. Clinger, "How to read
    /// floating point numbers accurately", PLDI 1990).
    private static func short(_ text: Span<UInt8>) -> DICOMNumber? {
        guard let first = text.indices.first.map({ text[$0] }) else { return nil }
        var (digits, count) = (0, 0)
        var decimals: Int?
        let isNegative = first == UInt8(ascii: "-")
        let hasSign = isNegative || first == UInt8(ascii: "+")
        for index in (hasSign ? 1 : 0)..<text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "."), decimals == nil {
                decimals = 0
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10, count < powersOfTen.count - 1 else { return nil }
            digits = digits * 10 + Int(digit)
            count += 1
            decimals = decimals.map { $0 + 1 }
        }
        guard count > 0 else { return nil }
        guard let decimals else { return .whole(isNegative ? -digits : digits) }
        let value = Double(digits) / powersOfTen[decimals]
        return .decimal(isNegative ? -value : value)
    }

    private static let powersOfTen = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    var integer: Int? {
        switch self {
        case .whole(let value): value
        case .decimal(let value): Int(exactly: value)
        case .none: nil
        }
    }

    var double: Double {
        switch self {
        case .whole(let value): Double(value)
        case .decimal(let value): value
        case .none: .nan
        }
    }

    var text: String {
        switch self {
        case .whole(let value): String(value)
        case .decimal(let value): String(value)
        case .none: ""
        }
    }
}

/// Binary numbers of a value.
struct DICOMBinary {
    var bytes: ArraySlice<UInt8>
    var isBigEndian: Bool

    /// The number at an index of the bytes.
    func number(_ index: Int, _ vr: DICOMVR) -> DICOMNumber {
        switch vr {
        case .ob: .whole(Int(bytes[index]))
        case .us, .ow: .whole(Int(word(index, 2)))
        case .ss: .whole(Int(Int16(truncatingIfNeeded: word(index, 2))))
        case .ul, .ol: .whole(Int(word(index, 4)))
        case .at: .whole(Int(word(index, 2) << 16 | word(index + 2, 2)))
        case .sl: .whole(Int(Int32(truncatingIfNeeded: word(index, 4))))
        case .fl, .of: .decimal(Double(Float(bitPattern: UInt32(word(index, 4)))))
        case .fd, .od: .decimal(Double(bitPattern: word(index, 8)))
        case .sv: .whole(Int(Int64(bitPattern: word(index, 8))))
        default: Int(exactly: word(index, 8)).map { .whole($0) } ?? .none
        }
    }

    private func word(_ index: Int, _ size: Int) -> UInt64 {
        var value: UInt64 = 0
        for i in 0..<size { value = value << 8 | UInt64(bytes[isBigEndian ? index + i : index + size - 1 - i]) }
        return value
    }
}
