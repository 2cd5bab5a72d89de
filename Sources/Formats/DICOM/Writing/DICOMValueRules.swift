/// What the texts of a VR may be; PS3.5, table 6.2-1.
struct DICOMTextRule {
    /// Most characters (bytes for the VRs whose texts are ASCII); `nil` without a limit.
    var length: Int?
    /// Whether only the characters of codes are allowed: capitals, digits, space and underscore.
    var isCode = false

    /// The rule of a VR; `nil` for the VRs that are no texts.
    init?(_ vr: DICOMVR) {
        switch vr {
        case .ae, .sh: length = 16
        case .as: length = 4
        case .cs: (length, isCode) = (16, true)
        case .da: length = 8
        case .ds: length = DICOMDecimal.length
        case .dt: length = 26
        case .is: length = 12
        case .lo, .ui: length = 64
        case .lt: length = 10240
        // 64 for each of three groups, and the signs between them.
        case .pn: length = 194
        case .st: length = 1024
        case .tm: length = 14
        case .uc, .ur, .ut: length = nil
        default: return nil
        }
    }

    /// What is wrong with a text, in words; `nil` when nothing is.
    func problem(_ text: String, _ vr: DICOMVR) -> (expected: String, found: String)? {
        if let length, text.unicodeScalars.count > length {
            return ("at most \(length) characters (\(vr))", "\(text.unicodeScalars.count)")
        }
        if vr.hasSeveralTexts, text.contains("\\") { return ("a text without a backslash", "\"\(text)\"") }
        if !vr.usesCharacterSet, !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return ("printable ASCII (\(vr))", "\"\(text)\"")
        }
        let isPlain = vr.hasSeveralTexts
        if text.unicodeScalars.contains(where: { $0.value == 0x1B || (isPlain && $0.value < 0x20) }) {
            return ("a text without control characters", "\"\(text)\"")
        }
        if isCode, !text.unicodeScalars.allSatisfy({ Self.isCode($0) }) {
            return ("capitals, digits, spaces and underscores (CS)", "\"\(text)\"")
        }
        if !text.isEmpty, let form = Self.form(of: vr), !form.matches(text) { return (form.name, "\"\(text)\"") }
        return nil
    }

    /// What texts of a VR look like.
    private struct Form {
        let name: String
        let matches: (String) -> Bool
    }

    private static func form(of vr: DICOMVR) -> Form? {
        switch vr {
        case .as: Form(name: "an age as 042Y", matches: isAge)
        case .da: Form(name: "a date as YYYYMMDD", matches: { $0.utf8.count == 8 && $0.utf8.allSatisfy(isDigit) })
        case .tm: Form(name: "a time as HHMMSS", matches: isTime)
        case .ds: Form(name: "a decimal number", matches: { Double($0.filter { $0 != " " })?.isFinite ?? false })
        case .is: Form(name: "a whole number", matches: { Int32($0.filter { $0 != " " }) != nil })
        case .ui: Form(name: "a unique identifier", matches: isUID)
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isAge(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.prefix(3).allSatisfy(isDigit) && "DWMY".contains(text.suffix(1))
    }

    private static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return [2, 4, 6].contains(parts[0].utf8.count) && parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
    }

    private static func isCode(_ scalar: Unicode.Scalar) -> Bool {
        ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == " " || scalar == "_"
    }

    /// Numbers without leading zeros, separated by dots.
    private static func isUID(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy(isDigit) && (part.count == 1 || part.first != "0")
        }
    }
}

extension DICOMVR {
    /// A text that an older file holds, made to fit the VR: cut where it is too long; `nil` where it cannot be mended.
    package func mended(_ text: String) -> String? {
        guard let rule = DICOMTextRule(self) else { return nil }
        guard rule.problem(text, self) != nil else { return text }
        guard usesCharacterSet else { return nil }
        let visible = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" }
        var short = String.UnicodeScalarView()
        short.append(contentsOf: visible.prefix(rule.length ?? Int.max))
        return String(short)
    }
}
