/// Files with samples that a header names: a name, a list, or a pattern with numbers.
///
/// Names come from the file, so they may lead only to the header's own folder and those below.
struct DetachedFiles {
    private let folder: String
    private let header: ByteSource

    /// The files of a header; bytes in memory have none beside them.
    init(header: ByteSource) throws(FormatError) {
        guard let path = header.path else {
            throw FormatError(
                .invalidRequest, file: header.name, expected: "a header in a file, with its samples beside it",
                found: "bytes in memory")
        }
        folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        self.header = header
    }

    /// Opens a file by its name.
    ///
    /// - Throws: `unsupported` for a name that leads out of the folder, `corrupt` for the header itself, `inputOutput`.
    func open(_ name: String) throws(FormatError) -> ByteSource {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !name.isEmpty, !name.hasPrefix("/"), !parts.contains(".."), !name.utf8.contains(0) else {
            throw FormatError(
                .unsupported, file: header.name, place: "data file", expected: "a name inside the header's folder",
                found: name.isEmpty ? "none" : name)
        }
        let source = try ByteSource(path: folder + name)
        guard !source.isSameFile(as: header) else {
            throw FormatError(
                .corrupt, file: header.name, place: "data file", expected: "another file than the header",
                found: "the header itself")
        }
        return source
    }

    /// The names that a pattern with one `%d`, `%i` or `%u` (with a width, as in `%03d`) stands for; `nil` for other texts.
    static func names(_ pattern: String, numbers: some Sequence<Int>) -> [String]? {
        guard let percent = pattern.firstIndex(of: "%") else { return nil }
        let rest = pattern[pattern.index(after: percent)...]
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let letter = rest.dropFirst(digits.count).first, "diu".contains(letter) else { return nil }
        let tail = rest.dropFirst(digits.count + 1)
        guard !tail.contains("%"), let width = digits.isEmpty ? 0 : Int(digits), width <= 32 else { return nil }
        let fill = digits.hasPrefix("0") ? "0" : " "
        return numbers.map { number in
            let text = String(number)
            return pattern[..<percent] + String(repeating: fill, count: max(0, width - text.count)) + text + tail
        }
    }
}
