import ImageCore

/// The text before the samples of a MetaImage.
///
/// Source: https://docs.itk.org/en/latest/learn/metaio.html.
struct MetaImageHeader: Sendable {
    /// Values by their keys; lines behind `ElementDataFile` do not count.
    var fields: [String: String] = [:]
    /// Names of the files with the samples; none when they follow in this file.
    var files: [String] = []
    /// Where the samples begin when they follow in this file.
    var end = 0

    var kind = ScalarKind.uint8
    /// Samples along each axis, fastest first, without the channels.
    var sizes: [Int] = []
    var channels = 1
    var isBigEndian = false
    var isCompressed = false
    var isText = false
    /// Bytes before the samples; -1 when they stand at the end of the file.
    var headerSize = 0

    private static let kinds: [String: ScalarKind] = [
        "MET_CHAR": .int8, "MET_UCHAR": .uint8, "MET_SHORT": .int16, "MET_USHORT": .uint16, "MET_INT": .int32,
        "MET_UINT": .uint32, "MET_LONG": .int32, "MET_ULONG": .uint32, "MET_LONG_LONG": .int64,
        "MET_ULONG_LONG": .uint64, "MET_FLOAT": .float32, "MET_DOUBLE": .float64,
    ]

    /// Reads the header of a file.
    ///
    /// - Throws: ``FormatError`` with the line or the key.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        var lines = try HeaderLines(source)
        try readLines(&lines, file: source.name, limits: limits)
        end = lines.offset
        try interpretShape(source.name, limits: limits)
        try interpretBytes(source.name)
        try checkPlace(source.name)
    }

    private mutating func readLines(_ lines: inout HeaderLines, file: String, limits: DecodeLimits) throws(FormatError)
    {
        while let line = try lines.next() {
            guard lines.number <= limits.entries else {
                throw FormatError(
                    .limitExceeded, file: file, expected: "at most \(limits.entries) lines", found: "more")
            }
            guard let equals = line.firstIndex(of: "=") else { continue }
            let (key, value) = (line[..<equals].trimmed, line[line.index(after: equals)...].trimmed)
            fields[key] = value
            guard key == "ElementDataFile" else { continue }
            try findFiles(value, &lines, file: file, limits: limits)
            return
        }
        throw FormatError(
            .truncated, file: file, place: "header", expected: "the key ElementDataFile", found: "the end of the file")
    }

    /// Understands the last key: `LOCAL`, `LIST` with a name a line, a pattern with numbers, or a name.
    private mutating func findFiles(
        _ value: String, _ lines: inout HeaderLines, file: String, limits: DecodeLimits
    ) throws(FormatError) {
        let words = value.words
        if ["LOCAL", "Local", "local"].contains(value) { return }
        if words.first == "LIST" {
            while let name = try lines.next() { if !name.trimmed.isEmpty { files.append(name.trimmed) } }
            guard !files.isEmpty else {
                throw FormatError(
                    .corrupt, file: file, place: "ElementDataFile", expected: "names", found: "an empty list")
            }
            return
        }
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard let pattern = words.first, pattern.contains("%"), numbers.count == words.count - 1, numbers.count >= 2
        else {
            files = [value]
            return
        }
        let (first, last, step) = (numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 1)
        let (span, overflow) = last.subtractingReportingOverflow(first)
        guard step > 0, !overflow, span >= 0, span / step < limits.entries,
            let names = DetachedFiles.names(pattern, numbers: stride(from: first, through: last, by: step))
        else {
            throw FormatError(
                .corrupt, file: file, place: "ElementDataFile", expected: "a pattern and a range of numbers",
                found: value)
        }
        files = names
    }

    private mutating func interpretShape(_ file: String, limits: DecodeLimits) throws(FormatError) {
        let dimensions = try integer("NDims", file) ?? 0
        guard (1...10).contains(dimensions) else {
            throw FormatError(.corrupt, file: file, place: "NDims", expected: "1 to 10", found: "\(dimensions)")
        }
        let words = (fields["DimSize"] ?? "").words
        sizes = words.compactMap { Int($0) }
        guard sizes.count == dimensions, words.count == dimensions else {
            throw FormatError(
                .corrupt, file: file, place: "DimSize", expected: "\(dimensions) numbers",
                found: words.joined(separator: " "))
        }
        channels = try integer("ElementNumberOfChannels", file) ?? 1
        let type = (fields["ElementType"] ?? "none").replacingArray
        guard let found = Self.kinds[type] else {
            throw FormatError(
                .unsupported, file: file, place: "ElementType", expected: "a number type of MetaIO", found: type)
        }
        kind = found
        try limits.check(sizes: sizes + [channels], bytesPerSample: kind.byteCount, file: file, place: "DimSize")
    }

    private mutating func interpretBytes(_ file: String) throws(FormatError) {
        isBigEndian = flag("ElementByteOrderMSB") ?? flag("BinaryDataByteOrderMSB") ?? false
        isCompressed = flag("CompressedData") ?? false
        isText = !(flag("BinaryData") ?? true)
        headerSize = try integer("HeaderSize", file) ?? 0
        guard headerSize >= -1 else {
            throw FormatError(.corrupt, file: file, place: "HeaderSize", expected: "-1 or more", found: "\(headerSize)")
        }
        if let method = fields["CompressionMethod"]?.lowercased(), isCompressed, !["zlib", "deflate"].contains(method) {
            throw FormatError(.unsupported, file: file, place: "CompressionMethod", expected: "zlib", found: method)
        }
    }

    private func integer(_ key: String, _ file: String) throws(FormatError) -> Int? {
        guard let text = fields[key] else { return nil }
        guard let value = Int(text) else {
            throw FormatError(.corrupt, file: file, place: key, expected: "a whole number", found: text)
        }
        return value
    }

    private func flag(_ key: String) -> Bool? {
        fields[key].map { $0.hasPrefix("T") || $0.hasPrefix("t") || $0 == "1" }
    }
}

extension String {
    /// `MET_UCHAR` for `MET_UCHAR_ARRAY`: the older way to say that there are channels.
    fileprivate var replacingArray: String { hasSuffix("_ARRAY") ? String(dropLast(6)) : self }
}
