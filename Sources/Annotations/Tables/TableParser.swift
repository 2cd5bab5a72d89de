import Formats

/// One row of a table.
struct TableRow {
    var fields: [String]
    /// The line that the row starts on, counted from 1.
    var line: Int
    /// Whether an empty line stands before it.
    var followsBlankLine: Bool

    var place: String { "line \(line)" }
}

/// Reads separated text row by row: fields in double quotes as in RFC 4180, any line ending, lines that start with `#` skipped.
struct TableParser {
    /// What stands between fields.
    enum Separator: Equatable {
        case byte(UInt8)
        /// Any run of spaces and tabs.
        case blanks
    }

    private let source: ByteSource
    private let separator: Separator
    private var buffer: [UInt8] = []
    private var position = 0
    private var offset = 0
    private var line = 1

    private static let chunk = 1 << 16

    init(_ source: ByteSource) throws(FormatError) {
        self.source = source
        let head = try source.prefix(Self.chunk)
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        separator = Self.separator(in: head)
    }

    /// What stands between the fields of the first line that is neither empty nor a comment.
    ///
    /// Tabs and semicolons go before commas, which may be decimal.
    private static func separator(in head: [UInt8]) -> Separator {
        let lines = head.split { $0 == 10 || $0 == 13 }
        let first = lines.first { $0.first != UInt8(ascii: "#") } ?? []
        var isQuoted = false
        var seen: Set<UInt8> = []
        for byte in first {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if !isQuoted { seen.insert(byte) }
        }
        for candidate in [9, UInt8(ascii: ";"), UInt8(ascii: ",")] where seen.contains(candidate) {
            return .byte(candidate)
        }
        return .blanks
    }

    /// The next row that is not empty; `nil` at the end.
    ///
    /// - Throws: ``FormatError`` with the line for an open quote, or text that is not UTF-8.
    mutating func next() throws(FormatError) -> TableRow? {
        var isAfterBlank = false
        while try peek() != nil {
            let start = line
            let fields = try row()
            if fields.allSatisfy(\.isEmpty) {
                isAfterBlank = true
            } else if fields.first?.first != "#" {
                return TableRow(fields: fields, line: start, followsBlankLine: isAfterBlank)
            }
        }
        return nil
    }

    private mutating func peek() throws(FormatError) -> UInt8? {
        if position == buffer.count {
            guard offset < source.count else { return nil }
            buffer = try source.bytes(at: offset, count: min(Self.chunk, source.count - offset))
            offset += buffer.count
            position = 0
        }
        return buffer[position]
    }

    private mutating func row() throws(FormatError) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var wasQuoted = false
        let start = line
        func isSeparator(_ byte: UInt8) -> Bool {
            switch separator {
            case .byte(let wanted): byte == wanted
            case .blanks: byte == 32 || byte == 9
            }
        }
        while let byte = try peek() {
            position += 1
            if byte == 10 || byte == 13 {
                try endLine(after: byte)
                break
            } else if byte == UInt8(ascii: "\""), field.allSatisfy({ $0 == 32 }), !wasQuoted {
                field = try quoted()
                wasQuoted = true
            } else if isSeparator(byte) {
                if separator != .blanks || !field.isEmpty || wasQuoted {
                    fields.append(try text(field, trim: !wasQuoted, line: start))
                }
                field = []
                wasQuoted = false
            } else {
                field.append(byte)
            }
        }
        if separator != .blanks || !field.isEmpty || wasQuoted {
            fields.append(try text(field, trim: !wasQuoted, line: start))
        }
        return fields
    }

    /// Counts the line; CR LF is one end.
    private mutating func endLine(after byte: UInt8) throws(FormatError) {
        line += 1
        if byte == 13, try peek() == 10 { position += 1 }
    }

    /// The bytes up to the closing quote; two quotes stand for one.
    private mutating func quoted() throws(FormatError) -> [UInt8] {
        var field: [UInt8] = []
        let start = line
        while let byte = try peek() {
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard try peek() == byte else { return field }
                position += 1
            } else if byte == 10 {
                line += 1
            }
            field.append(byte)
        }
        throw FormatError(
            .truncated, file: source.name, place: "line \(start)", expected: "a closing quote",
            found: "the end of the file")
    }

    private func text(_ bytes: [UInt8], trim: Bool, line: Int) throws(FormatError) -> String {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(
                .corrupt, file: source.name, place: "line \(line)", expected: "text in UTF-8", found: "other bytes")
        }
        return trim ? Self.trimmed(text) : text
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
