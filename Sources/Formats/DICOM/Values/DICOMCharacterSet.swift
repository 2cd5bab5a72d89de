/// The character sets of a data set's texts (PS3.3, section C.12.1.1.2; PS3.5, section 6.1).
struct DICOMCharacterSet: Sendable, Hashable {
    /// The defined terms, the first for the beginning of every value.
    let names: [String]

    static let standard = DICOMCharacterSet(names: "")

    /// The value of Specific Character Set.
    init(names text: String) {
        names = text.split(separator: "\\", omittingEmptySubsequences: false).map { name in
            let words = name.split { $0 == " " || $0 == "_" || $0 == "\0" }
            return words.joined(separator: " ")
        }
    }

    /// The text in Unicode, without padding; bytes that the character set does not have become U+FFFD.
    func decode(_ bytes: ArraySlice<UInt8>) -> String {
        let text = DICOMText.trimmed(bytes)
        guard text.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else { return String(decoding: text, as: UTF8.self) }
        if names.count > 1 || text.contains(0x1B) { return decodeExtended(text) }
        guard let encoding = Self.encodings[names.first ?? ""] else { return String(decoding: text, as: UTF8.self) }
        return TextConversion.string(Array(text), from: encoding) ?? String(decoding: text, as: UTF8.self)
    }

    /// Text with code extensions: pieces between escape sequences, each in the set that the sequence names.
    private func decodeExtended(_ text: ArraySlice<UInt8>) -> String {
        var result = ""
        var (high, pieces) = (Self.encodings[names.first ?? ""], text[...])
        while !pieces.isEmpty {
            let end = pieces.firstIndex(of: 0x1B) ?? pieces.endIndex
            result += Self.piece(Array(pieces[..<end]), high: high)
            pieces = pieces[end...]
            guard !pieces.isEmpty else { break }
            guard let escape = Self.escapes.first(where: { pieces.starts(with: $0.bytes) }) else {
                pieces = pieces.dropFirst()
                continue
            }
            pieces = pieces.dropFirst(escape.bytes.count)
            high = escape.encoding ?? Self.encodings[names.first ?? ""]
            if let lead = escape.prefix {
                let stop = pieces.firstIndex(of: 0x1B) ?? pieces.endIndex
                result += TextConversion.string(lead + pieces[..<stop], from: "ISO-2022-JP-2") ?? "\u{FFFD}"
                pieces = pieces[stop...]
            }
        }
        return result
    }

    private static func piece(_ bytes: [UInt8], high: String?) -> String {
        guard !bytes.isEmpty else { return "" }
        guard let high, bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
        return TextConversion.string(bytes, from: high) ?? String(decoding: bytes, as: UTF8.self)
    }

    /// One escape sequence: what follows is in `encoding`, or is ISO-2022-JP-2 when led by `prefix`.
    private struct Escape {
        var bytes: [UInt8]
        var encoding: String?
        var prefix: [UInt8]?

        init(_ text: String, _ encoding: String?, inJapanese: Bool = false) {
            bytes = [0x1B] + Array(text.utf8)
            self.encoding = encoding
            prefix = inJapanese ? bytes : nil
        }
    }

    private static let escapes: [Escape] = [
        Escape("$)C", "EUC-KR"), Escape("$)A", "GB2312"), Escape("$(D", nil, inJapanese: true),
        Escape("$B", nil, inJapanese: true), Escape("$@", nil, inJapanese: true), Escape("(B", nil),
        Escape("(J", "SHIFT_JIS"), Escape(")I", "SHIFT_JIS"), Escape("-A", "ISO-8859-1"), Escape("-B", "ISO-8859-2"),
        Escape("-C", "ISO-8859-3"), Escape("-D", "ISO-8859-4"), Escape("-L", "ISO-8859-5"), Escape("-G", "ISO-8859-6"),
        Escape("-F", "ISO-8859-7"), Escape("-H", "ISO-8859-8"), Escape("-M", "ISO-8859-9"),
        Escape("-b", "ISO-8859-15"), Escape("-T", "TIS-620"),
    ]

    private static let encodings: [String: String] = [
        "ISO IR 100": "ISO-8859-1", "ISO IR 101": "ISO-8859-2", "ISO IR 109": "ISO-8859-3",
        "ISO IR 110": "ISO-8859-4", "ISO IR 144": "ISO-8859-5", "ISO IR 127": "ISO-8859-6",
        "ISO IR 126": "ISO-8859-7", "ISO IR 138": "ISO-8859-8", "ISO IR 148": "ISO-8859-9",
        "ISO IR 203": "ISO-8859-15", "ISO IR 13": "SHIFT_JIS", "ISO IR 166": "TIS-620", "ISO IR 192": "UTF-8",
        "GB18030": "GB18030", "GBK": "GBK", "ISO 2022 IR 100": "ISO-8859-1", "ISO 2022 IR 101": "ISO-8859-2",
        "ISO 2022 IR 109": "ISO-8859-3", "ISO 2022 IR 110": "ISO-8859-4", "ISO 2022 IR 144": "ISO-8859-5",
        "ISO 2022 IR 127": "ISO-8859-6", "ISO 2022 IR 126": "ISO-8859-7", "ISO 2022 IR 138": "ISO-8859-8",
        "ISO 2022 IR 148": "ISO-8859-9", "ISO 2022 IR 203": "ISO-8859-15", "ISO 2022 IR 13": "SHIFT_JIS",
        "ISO 2022 IR 166": "TIS-620", "ISO 2022 IR 149": "EUC-KR", "ISO 2022 IR 58": "GB2312",
    ]
}
