import FoundationEssentials
public import Formats

extension ClassMap {
    /// Reads a class map from a JSON or CSV file.
    ///
    /// JSON: `{"classes": [{"name": "tumor", "label": 1, "sources": ["_0", "_1"], "priority": 1, "exclude": false}],
    /// "ignored": ["None"]}`, or the list alone. CSV: a header `name,label,priority,exclude,sources` and a row for each
    /// class, several sources separated by `|`; `exclude` is 0 or 1, or false or true. Only `name` and `label` are needed (an
    /// exclusion needs no label); classes without a priority are painted in the order of the file.
    ///
    /// - Throws: ``FormatError`` with the line or class for anything missing, a label outside of 1 to 65,535, and
    ///   a name or source that two classes claim.
    public init(path: String) throws(FormatError) {
        try self.init(ByteSource(path: path))
    }

    init(_ source: ByteSource) throws(FormatError) {
        guard source.count <= 1 << 24 else {
            throw FormatError(
                .limitExceeded, file: source.name, expected: "a class map below 16 MiB", found: "\(source.count) bytes")
        }
        let first = try source.prefix(1024).first { ![9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            self = try Self.json(source, isList: first == UInt8(ascii: "["))
        } else {
            self = try Self.table(source)
        }
        try check(file: source.name)
    }

    private static func json(_ source: ByteSource, isList: Bool) throws(FormatError) -> ClassMap {
        let data = Data(try source.all())
        do {
            return isList
                ? ClassMap(Self.ordered(try JSONDecoder().decode([Entry].self, from: data)))
                : try JSONDecoder().decode(ClassMap.self, from: data)
        } catch {
            throw JSONFailure.error(error, file: source.name)
        }
    }

    private static func table(_ source: ByteSource) throws(FormatError) -> ClassMap {
        var parser = try TableParser(source)
        guard let header = try parser.next() else {
            throw FormatError(.notRecognized, file: source.name, expected: "a class map", found: "an empty file")
        }
        let columns = ClassMapColumns(header.fields)
        var entries: [Entry] = []
        while let row = try parser.next() { entries.append(try columns.entry(row, file: source.name)) }
        return ClassMap(ordered(entries))
    }

    /// Entries that state no priority are painted in the order in which they stand.
    static func ordered(_ entries: [Entry]) -> [Entry] {
        guard entries.allSatisfy({ $0.priority == 0 }) else { return entries }
        return entries.enumerated().map { i, entry in
            var entry = entry
            entry.priority = i + 1
            return entry
        }
    }

    private func check(file: String) throws(FormatError) {
        guard !entries.isEmpty else {
            throw FormatError(.corrupt, file: file, expected: "at least one class", found: "none")
        }
        var owner: [String: Int] = [:]
        for (i, entry) in entries.enumerated() {
            guard entry.isExclusion || (1...65535).contains(entry.label) else {
                throw FormatError(
                    .corrupt, file: file, place: "class \"\(entry.name)\"", expected: "a label from 1 to 65535",
                    found: "\(entry.label)")
            }
            for name in [entry.name] + entry.sources {
                if let other = owner[name], other != i {
                    throw FormatError(
                        .corrupt, file: file, place: "class \"\(entry.name)\"", expected: "names of one class each",
                        found: "\"\(name)\", which means \"\(entries[other].name)\" as well")
                }
                owner[name] = i
            }
        }
    }
}

/// The columns of a class map in CSV.
private struct ClassMapColumns {
    let name, label, priority, exclude, sources: Int?

    init(_ header: [String]) {
        func find(_ names: String...) -> Int? { header.firstIndex { names.contains($0.lowercased()) } }
        name = find("name", "class", "group")
        label = find("label", "code", "gt_code", "value")
        priority = find("priority", "overlay_order")
        exclude = find("exclude", "exclusion", "isexclusion")
        sources = find("sources", "source", "aliases")
    }

    func entry(_ row: TableRow, file: String) throws(FormatError) -> ClassMap.Entry {
        func field(_ column: Int?) -> String {
            guard let column, column < row.fields.count else { return "" }
            return row.fields[column]
        }
        func refuse(_ expected: String, _ found: String) -> FormatError {
            FormatError(.corrupt, file: file, place: row.place, expected: expected, found: "\"\(found)\"")
        }
        guard !field(name).isEmpty else {
            throw refuse("a class name in the column \"name\"", row.fields.joined(separator: ","))
        }
        let exclusion = field(exclude).lowercased()
        guard ["", "0", "1", "false", "true"].contains(exclusion) else { throw refuse("0 or 1 for exclude", exclusion) }
        let isExclusion = exclusion == "1" || exclusion == "true"
        guard let label = Int(field(label)) ?? (isExclusion && field(label).isEmpty ? 0 : nil) else {
            throw refuse("a whole number in the column \"label\"", field(self.label))
        }
        guard let priority = field(priority).isEmpty ? 0 : Int(field(priority)) else {
            throw refuse("a whole number in the column \"priority\"", field(self.priority))
        }
        return ClassMap.Entry(
            name: field(name), label: label, sources: field(sources).split(separator: "|").map(String.init),
            priority: priority, isExclusion: isExclusion)
    }
}
