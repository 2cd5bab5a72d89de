extension SliceFolder {
    /// The longest name that a text keeps, in bytes: file systems allow 255, and endings come behind.
    private static let longestName = 120

    /// A text as the name of one folder.
    ///
    /// Separators, control characters and invisible marks become `_`, and so do leading dots; a long text is cut. A name that
    /// was changed ends in a digest of the text, so that texts that differ have names that differ.
    static func name(_ text: String) -> String {
        let dots = text.prefix { $0 == "." }.count
        var safe = String.UnicodeScalarView(repeatElement("_", count: dots))
        for scalar in text.unicodeScalars.dropFirst(dots) { safe.append(isSafe(scalar) ? scalar : "_") }
        var name = String(safe)
        while name.utf8.count > longestName { name.removeLast() }
        guard name != text || name.isEmpty else { return name }
        return name + "-" + digest(text)
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "/" || scalar == "\\" { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: return false
        default: return true
        }
    }

    /// Eight hexadecimal digits: FNV-1a.
    private static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0x811c_9dc5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
