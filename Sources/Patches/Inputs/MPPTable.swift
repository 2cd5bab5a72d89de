public import Formats

/// Resolutions that replace what slides say of themselves: a CSV file with the columns `slide` and `mpp`.
///
/// A slide is named by its base name or file name. Resolutions are micrometres per pixel of level 0.
public struct MPPTable: Sendable, Hashable {
    /// Micrometres per pixel of level 0, by slide.
    public let values: [String: Double]

    /// Reads a table.
    ///
    /// - Throws: ``FormatError`` naming the line.
    public init(path: String) throws(FormatError) {
        let source = try ByteSource(path: path)
        guard source.count <= 64 << 20 else {
            throw FormatError(.limitExceeded, file: path, expected: "at most 64 MiB", found: "\(source.count) bytes")
        }
        var values: [String: Double] = [:]
        let text = String(decoding: try source.all(), as: UTF8.self)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let fields = line.split(separator: ",").map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
            if fields.isEmpty || fields.allSatisfy(\.isEmpty) { continue }
            if number == 0 && fields.count == 2 && Double(fields[1]) == nil { continue }
            guard fields.count == 2, let mpp = Double(fields[1]), mpp.isFinite, mpp > 0 else {
                throw FormatError(
                    .corrupt, file: path, place: "line \(number + 1)", expected: "slide,mpp with an mpp above 0",
                    found: "\"\(line)\"")
            }
            values[fields[0]] = mpp
        }
        self.values = values
    }

    /// The entry for a slide.
    public func mpp(of slide: SlideInput) -> Double? {
        values[slide.name] ?? values[FileSearch.lastComponent(slide.path)] ?? values[FileSearch.baseName(slide.path)]
    }
}
