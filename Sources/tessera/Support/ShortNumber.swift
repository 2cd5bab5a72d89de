/// Numbers as people read them.
enum ShortNumber {
    /// A number with at most seven significant digits, without zeros at the end: 0.7, not 0.7000000000000001.
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        if let whole = Int(exactly: value), abs(whole) < 1_000_000_000 { return "\(whole)" }
        // Float32 has the digits; its shortest text is short.
        let narrow = Float(value)
        guard narrow.isFinite, narrow != 0, narrow.isNormal else { return "\(value)" }
        let text = "\(narrow)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
