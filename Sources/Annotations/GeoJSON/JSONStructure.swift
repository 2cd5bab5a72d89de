import Formats

/// Looks over JSON before it is decoded: brackets that match, nesting within the limit, UTF-8.
///
/// The decoder works on the whole text; this says where a file breaks off, and stops deep nesting before it is
/// decoded recursively.
enum JSONStructure {
    /// - Throws: ``FormatError`` with the line and column.
    static func check(_ bytes: [UInt8], limits: DecodeLimits, file: String) throws(FormatError) {
        var scan = Scan()
        let span = bytes.span
        for i in span.indices {
            guard let problem = scan.take(span[i], nesting: limits.nesting) else { continue }
            let code: FormatError.Code = problem == .tooDeep ? .limitExceeded : .corrupt
            throw FormatError(
                code, file: file, place: scan.place,
                expected: problem == .tooDeep
                    ? "at most \(limits.nesting) nested lists and objects" : "well-formed JSON",
                found: problem.rawValue)
        }
        guard scan.open.isEmpty, !scan.isInText else {
            throw FormatError(
                .truncated, file: file, place: scan.place, expected: "well-formed JSON",
                found: scan.isInText
                    ? "the end of the file within a text"
                    : "the end of the file (\(scan.open.count) brackets are not closed)")
        }
    }

    private enum Problem: String {
        case tooDeep = "deeper nesting"
        case mismatch = "a closing bracket that nothing opened"
        case notText = "a zero byte (the file is not UTF-8)"
    }

    private struct Scan {
        var open: [UInt8] = []
        var isInText = false
        private var isEscaped = false
        private var line = 1
        private var column = 0

        var place: String { "line \(line), column \(max(1, column))" }

        mutating func take(_ byte: UInt8, nesting: Int) -> Problem? {
            column += 1
            if byte == 10 { (line, column) = (line + 1, 0) }
            if byte == 0 { return .notText }
            guard !isInText else {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                return nil
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(byte)
                if open.count > nesting { return .tooDeep }
            // In ASCII the closing bracket of either kind stands two places after the opening one.
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if open.popLast() != byte - 2 { return .mismatch }
            default: break
            }
            return nil
        }
    }
}
