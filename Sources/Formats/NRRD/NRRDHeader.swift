import ImageCore

/// The text before the samples of an NRRD file.
///
/// Source: https://teem.sourceforge.net/nrrd/format.html.
struct NRRDHeader: Sendable {
    /// How samples are stored.
    enum Encoding: Sendable, Hashable {
        case raw, text, hex, gzip
    }

    /// Fields by their names in lower case, `spacedirections` for `space directions`.
    var fields: [String: String] = [:]
    /// Keys and values that the format itself knows nothing of.
    var pairs: [(key: String, value: String)] = []
    /// Names of the files with the samples; none when they follow in this file.
    var files: [String] = []
    /// Where the samples begin when they follow in this file.
    var end = 0

    var kind = ScalarKind.uint8
    var encoding = Encoding.raw
    var isBigEndian = false
    /// Samples along each axis, fastest first.
    var sizes: [Int] = []
    var lineSkip = 0
    /// Bytes before the samples; -1 when they stand at the end of the file.
    var byteSkip = 0

    /// Reads the header of a file.
    ///
    /// - Throws: ``FormatError`` with the line or the field.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        var lines = try HeaderLines(source)
        guard let first = try lines.next(), first.hasPrefix("NRRD000") else {
            throw FormatError(.notRecognized, file: source.name, expected: "NRRD000…", found: "another first line")
        }
        try readLines(&lines, file: source.name, limits: limits)
        end = lines.offset
        try interpret(file: source.name, limits: limits)
    }

    private mutating func readLines(_ lines: inout HeaderLines, file: String, limits: DecodeLimits) throws(FormatError)
    {
        while let line = try lines.next() {
            if line.isEmpty { return }
            if line.hasPrefix("#") { continue }
            guard let separator = line.firstRange(of: ":"), separator.upperBound < line.endIndex else {
                throw FormatError(
                    .corrupt, file: file, place: "line \(lines.number)", expected: "field: value", found: line)
            }
            let name = line[..<separator.lowerBound]
            guard lines.number <= limits.entries else {
                throw FormatError(
                    .limitExceeded, file: file, expected: "at most \(limits.entries) lines", found: "more")
            }
            if line[separator.upperBound] == "=" {
                pairs.append((String(name), String(line[separator.upperBound...].dropFirst())))
                continue
            }
            let field = name.lowercased().filter { $0 != " " }
            let value = line[separator.upperBound...].trimmed
            fields[field] = value
            if field == "datafile", value.uppercased().hasPrefix("LIST") {
                while let name = try lines.next() { if !name.trimmed.isEmpty { files.append(name.trimmed) } }
                return
            }
        }
        guard fields["datafile"] != nil else {
            throw FormatError(
                .truncated, file: file, place: "header", expected: "an empty line", found: "the end of the file")
        }
    }
}
