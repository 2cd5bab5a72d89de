import ImageCore

extension NRRDHeader {
    private static let kinds: [(names: [String], kind: ScalarKind)] = [
        (["signed char", "int8", "int8_t"], .int8),
        (["uchar", "unsigned char", "uint8", "uint8_t"], .uint8),
        (["short", "short int", "signed short", "signed short int", "int16", "int16_t"], .int16),
        (["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"], .uint16),
        (["int", "signed int", "int32", "int32_t"], .int32),
        (["uint", "unsigned int", "uint32", "uint32_t"], .uint32),
        (
            [
                "longlong", "long long", "long long int", "signed long long", "signed long long int", "int64",
                "int64_t",
            ], .int64
        ),
        (
            ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"], .uint64
        ),
        (["float"], .float32), (["double"], .float64),
    ]

    private static let encodings: [String: Encoding] = [
        "raw": .raw, "txt": .text, "text": .text, "ascii": .text, "hex": .hex, "gz": .gzip, "gzip": .gzip,
    ]

    /// Understands the fields that say how the samples are stored.
    mutating func interpret(file: String, limits: DecodeLimits) throws(FormatError) {
        let type = try required("type", file).lowercased()
        guard let found = Self.kinds.first(where: { $0.names.contains(type) }) else {
            throw FormatError(
                type == "block" ? .unsupported : .corrupt, file: file, place: "type", expected: "a number type",
                found: type)
        }
        kind = found.kind
        let name = try required("encoding", file).lowercased()
        guard let known = Self.encodings[name] else {
            throw FormatError(
                .unsupported, file: file, place: "encoding", expected: "raw, text, hex or gzip", found: name)
        }
        encoding = known
        let dimension = try integer("dimension", file) ?? 0
        guard (1...16).contains(dimension) else {
            throw FormatError(.corrupt, file: file, place: "dimension", expected: "1 to 16", found: "\(dimension)")
        }
        let numbers = try required("sizes", file).words
        sizes = numbers.compactMap { Int($0) }
        guard numbers.count == dimension, sizes.count == dimension else {
            throw FormatError(
                .corrupt, file: file, place: "sizes", expected: "\(dimension) numbers",
                found: numbers.joined(separator: " "))
        }
        try limits.check(sizes: sizes, bytesPerSample: kind.byteCount, file: file, place: "sizes")
        try interpretBytes(file)
        try checkPlace(file)
        try findFiles(file, limits: limits)
    }

    private mutating func interpretBytes(_ file: String) throws(FormatError) {
        lineSkip = try integer("lineskip", file) ?? 0
        byteSkip = try integer("byteskip", file) ?? 0
        guard lineSkip >= 0, byteSkip >= -1, byteSkip < 1 << 62 else {
            throw FormatError(
                .corrupt, file: file, place: "skips", expected: "0 or more", found: "\(lineSkip), \(byteSkip)")
        }
        switch fields["endian"]?.lowercased() {
        case "big": isBigEndian = true
        case "little": isBigEndian = false
        case nil where kind.byteCount == 1 || encoding == .text: isBigEndian = false
        case let other:
            throw FormatError(
                .corrupt, file: file, place: "endian", expected: "little or big", found: other ?? "nothing")
        }
    }

    private mutating func findFiles(_ file: String, limits: DecodeLimits) throws(FormatError) {
        guard let value = fields["datafile"] else { return }
        if value.uppercased().hasPrefix("LIST") {
            guard !files.isEmpty else {
                throw FormatError(.corrupt, file: file, place: "data file", expected: "names", found: "an empty list")
            }
            return
        }
        let words = value.words
        let range = words.dropFirst().prefix(3).compactMap { Int($0) }
        guard words.count >= 4, range.count == 3, words[0].contains("%") else {
            files = [value]
            return
        }
        let (first, last, step) = (range[0], range[1], range[2])
        let (span, overflow) = last.subtractingReportingOverflow(first)
        guard step != 0, !overflow, span == 0 || (span > 0) == (step > 0), step != .min,
            span.magnitude / step.magnitude < limits.entries,
            let names = DetachedFiles.names(words[0], numbers: stride(from: first, through: last, by: step))
        else {
            throw FormatError(
                .corrupt, file: file, place: "data file", expected: "a pattern and a range of numbers", found: value)
        }
        files = names
    }

    private func required(_ field: String, _ file: String) throws(FormatError) -> String {
        guard let value = fields[field], !value.isEmpty else {
            throw FormatError(.corrupt, file: file, place: "header", expected: "the field \(field)", found: "none")
        }
        return value
    }

    private func integer(_ field: String, _ file: String) throws(FormatError) -> Int? {
        guard let text = fields[field] else { return nil }
        guard let value = Int(text) else {
            throw FormatError(.corrupt, file: file, place: field, expected: "a whole number", found: text)
        }
        return value
    }
}
