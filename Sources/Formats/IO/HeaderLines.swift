/// The lines of a text header at the beginning of a file, with where each ends.
struct HeaderLines {
    /// Largest header that is looked at.
    static let limit = 1 << 22

    private let bytes: [UInt8]
    private let file: String
    /// Where the next line begins.
    private(set) var offset = 0
    /// Number of the line that was read last, counted from 1.
    private(set) var number = 0

    /// Reads the beginning of a file.
    init(_ source: ByteSource) throws(FormatError) {
        bytes = try source.prefix(Self.limit)
        file = source.name
    }

    /// The next line without its end; `nil` at the end of the file.
    ///
    /// - Throws: `corrupt` when the header is longer than 4 MiB.
    mutating func next() throws(FormatError) -> String? {
        guard offset < bytes.count else {
            guard bytes.count < Self.limit else {
                throw FormatError(
                    .corrupt, file: file, expected: "a header of at most \(Self.limit) bytes", found: "a longer one")
            }
            return nil
        }
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        var line = bytes[offset..<end]
        if line.last == 0x0D { line.removeLast() }
        offset = min(end + 1, bytes.count)
        number += 1
        return String(decoding: line, as: UTF8.self)
    }
}

extension StringProtocol {
    /// The text without blanks at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// The words between blanks.
    var words: [String] { split(whereSeparator: \.isWhitespace).map { String($0) } }
}
