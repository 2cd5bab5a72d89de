/// Decimal numbers as texts of VR DS, which have 16 characters at most.
public enum DICOMDecimal {
    /// Characters that a value may have; PS3.5, section 6.2.
    public static let length = 16

    /// The text nearest to a number: the shortest one that gives the same number again where 16 characters suffice,
    /// otherwise the number rounded to as many digits as fit.
    ///
    /// - Precondition: the number is finite.
    public static func text(_ value: Double) -> String {
        precondition(value.isFinite, "a finite number")
        if let whole = Int(exactly: value), abs(whole) < 1_000_000_000_000_000 { return String(whole) }
        let shortest = compact(String(describing: value))
        if shortest.count <= length { return shortest }
        for digits in stride(from: 16, through: 1, by: -1) {
            let text = compact(rounded(value, digits: digits))
            if text.count <= length { return text }
        }
        return compact(rounded(value, digits: 1))
    }

    /// The number that a reader gets back.
    public static func value(_ value: Double) -> Double { Double(text(value)) ?? value }

    /// The number rounded to some digits, written out where that fits, otherwise in scientific notation.
    private static func rounded(_ value: Double, digits: Int) -> String {
        let exact = decimalDigits(value)
        var (number, exponent) = round(exact.digits, to: digits, exponent: exact.exponent)
        while number.count > 1, number.last == "0" { number.removeLast() }
        let sign = value < 0 ? "-" : ""
        let plain = sign + plainText(number, exponent: exponent)
        if plain.count <= length { return plain }
        let fraction = number.count > 1 ? ".\(number.dropFirst())" : ""
        return "\(sign)\(number.prefix(1))\(fraction)e\(exponent)"
    }

    private static func plainText(_ digits: String, exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        if digits.count <= exponent + 1 { return digits + String(repeating: "0", count: exponent + 1 - digits.count) }
        return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
    }

    /// The significant digits of a number and the power of ten of the first.
    private static func decimalDigits(_ value: Double) -> (digits: String, exponent: Int) {
        let parts = String(describing: abs(value)).split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(mantissa[0])
        let all = whole + (mantissa.count > 1 ? String(mantissa[1]) : "")
        let zeros = all.prefix { $0 == "0" }.count
        let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - 1 - zeros
        return (String(all.dropFirst(zeros)), exponent)
    }

    /// Decimal digits rounded half up.
    private static func round(_ digits: String, to count: Int, exponent: Int) -> (String, Int) {
        guard digits.count > count else { return (digits, exponent) }
        var kept = digits.utf8.prefix(count).map { $0 - UInt8(ascii: "0") }
        let next = digits.utf8.dropFirst(count).first ?? UInt8(ascii: "0")
        guard next >= UInt8(ascii: "5") else { return (String(digits.prefix(count)), exponent) }
        var place = count - 1
        while place >= 0, kept[place] == 9 {
            kept[place] = 0
            place -= 1
        }
        guard place >= 0 else { return ("1" + String(repeating: "0", count: count - 1), exponent + 1) }
        kept[place] += 1
        return (kept.map { String($0) }.joined(), exponent)
    }

    /// Without a `.0` at the end of the digits, and without a `+` or leading zeros in the exponent.
    private static func compact(_ text: String) -> String {
        let parts = text.split(separator: "e")
        let digits = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
        guard parts.count > 1, let exponent = Int(parts[1]) else { return String(digits) }
        return "\(digits)e\(exponent)"
    }
}
