import Formats

/// Looks over JSON before it is decoded: grammar, numbers that are finite, nesting within the limit.
///
/// The decoder works on the whole text and does not say where it stumbled; this names the line and column, and stops
/// deep nesting before it is decoded recursively.
struct JSONStructure {
    /// What may come next.
    private enum Expectation: String {
        case value = "a value"
        case valueOrEnd = "a value or ]"
        case keyOrEnd = "a name in quotes or }"
        case key = "a name in quotes"
        case colon = ":"
        case commaOrEnd = "a comma or a closing bracket"
        case nothing = "the end of the file"
    }

    /// A text or a word that has not ended yet.
    private enum Token: Equatable { case none, text, escape, word }

    private let file: String
    private let nesting: Int
    /// The brackets that are open.
    private var open: [UInt8] = []
    private var expected = Expectation.value
    private var token = Token.none
    private var word: [UInt8] = []
    private var isKey = false
    private var line = 1
    private var column = 0

    private init(file: String, nesting: Int) {
        self.file = file
        self.nesting = nesting
    }

    /// Checks a whole file.
    ///
    /// - Throws: ``FormatError`` with the line and column.
    static func check(_ bytes: [UInt8], limits: DecodeLimits, file: String) throws(FormatError) {
        var scan = JSONStructure(file: file, nesting: limits.nesting)
        let span = bytes.span
        for i in span.indices { try scan.take(span[i]) }
        try scan.finish()
    }

    private mutating func take(_ byte: UInt8) throws(FormatError) {
        if byte == 10 { (line, column) = (line + 1, 0) } else { column += 1 }
        switch token {
        case .escape: token = .text
        case .text:
            if byte == UInt8(ascii: "\"") { endText() }
            if byte == UInt8(ascii: "\\") { token = .escape }
            if byte < 32 { throw failure(found: "a control character within a text") }
        case .word where !Self.endsWord(byte):
            word.append(byte)
            if word.count > 400 { throw failure(found: "a number of more than 400 digits") }
        case .word:
            try endWord()
            try takeSign(byte)
        case .none: try takeSign(byte)
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"): true
        default: false
        }
    }

    private mutating func takeSign(_ byte: UInt8) throws(FormatError) {
        switch byte {
        case 9, 10, 13, 32: return
        case UInt8(ascii: "\""): try startText()
        case UInt8(ascii: "{"), UInt8(ascii: "["): try openBracket(byte)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): try closeBracket(byte)
        case UInt8(ascii: ","):
            guard expected == .commaOrEnd, let bracket = open.last else { throw failure(found: "a comma") }
            expected = bracket == UInt8(ascii: "{") ? .key : .value
        case UInt8(ascii: ":"):
            guard expected == .colon else { throw failure(found: "a colon") }
            expected = .value
        default:
            guard takesValue else { throw failure(found: Self.spoken(byte)) }
            (token, word) = (.word, [byte])
        }
    }

    private var takesValue: Bool { expected == .value || expected == .valueOrEnd }

    private static func spoken(_ byte: UInt8) -> String {
        (33..<127).contains(byte) ? "\"\(Character(UnicodeScalar(byte)))\"" : "byte \(byte)"
    }

    private mutating func startText() throws(FormatError) {
        isKey = expected == .key || expected == .keyOrEnd
        guard isKey || takesValue else { throw failure(found: "a text") }
        token = .text
    }

    private mutating func endText() {
        token = .none
        if isKey { expected = .colon } else { endValue() }
    }

    private mutating func endValue() { expected = open.isEmpty ? .nothing : .commaOrEnd }

    private mutating func openBracket(_ byte: UInt8) throws(FormatError) {
        guard takesValue else { throw failure(found: "an opening bracket") }
        guard open.count < nesting else {
            throw FormatError(
                .limitExceeded, file: file, place: place, expected: "at most \(nesting) nested lists and objects",
                found: "deeper nesting")
        }
        open.append(byte)
        expected = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
    }

    /// In ASCII the closing bracket of either kind stands two places after the opening one.
    private mutating func closeBracket(_ byte: UInt8) throws(FormatError) {
        let mayEnd = expected == .commaOrEnd || expected == (byte == UInt8(ascii: "}") ? .keyOrEnd : .valueOrEnd)
        guard mayEnd, open.last == byte - 2 else { throw failure(found: Self.spoken(byte)) }
        open.removeLast()
        endValue()
    }

    /// Checks a number, `true`, `false` or `null`.
    ///
    /// The decoder refuses numbers that a `Double` cannot hold, without saying where they stand.
    private mutating func endWord() throws(FormatError) {
        let text = String(decoding: word, as: UTF8.self)
        let isNumber = Self.isNumber(word[...])
        guard isNumber || ["true", "false", "null"].contains(text) else {
            throw failure(found: "\"\(text.prefix(20))\"")
        }
        if isNumber, word.count > 300 || word.contains(where: { $0 | 32 == UInt8(ascii: "e") }) {
            guard let value = Double(text), value.isFinite else {
                throw failure(found: "the number \(text.prefix(20))")
            }
        }
        token = .none
        endValue()
    }

    /// RFC 8259: minus, digits without a leading zero, fraction, exponent.
    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word.first == UInt8(ascii: "-") ? word.dropFirst() : word
        func takeDigits() -> Int {
            let digits = rest.prefix { (48...57).contains($0) }.count
            rest = rest.dropFirst(digits)
            return digits
        }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = takeDigits()
        guard whole > 0, whole == 1 || !startsWithZero else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard takeDigits() > 0 else { return false }
        }
        if let sign = rest.first, sign | 32 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private mutating func finish() throws(FormatError) {
        if token == .word { try endWord() }
        guard token == .none, open.isEmpty else {
            throw FormatError(
                .truncated, file: file, place: place, expected: "well-formed JSON",
                found: "the end of the file (\(token == .none ? "\(open.count) brackets are" : "a text is") not closed)"
            )
        }
    }

    private var place: String { "line \(line), column \(max(1, column))" }

    private func failure(found: String) -> FormatError {
        FormatError(.corrupt, file: file, place: place, expected: expected.rawValue, found: found)
    }
}
