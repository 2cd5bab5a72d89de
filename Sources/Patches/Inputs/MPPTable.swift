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
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard let (slide, field) = Self.fields(line) else {
                if line.allSatisfy({ $0.isWhitespace || $0 == "," }) { continue }
                throw Self.refusal(of: line, number: number, file: path)
            }
            let mpp = Double(field)
            if number == 0 && mpp == nil { continue }
            guard let mpp, (0.001...10_000).contains(mpp), !slide.isEmpty else {
                throw Self.refusal(of: line, number: number, file: path)
            }
            guard values.updateValue(mpp, forKey: slide) ?? mpp == mpp else {
                throw FormatError(
                    .corrupt, file: path, place: "line \(number + 1)", expected: "one mpp for \(slide)",
                    found: "another")
            }
        }
        self.values = values
    }

    /// The two fields of a row: all up to the last comma, without quotes; and the rest.
    private static func fields(_ line: Substring) -> (slide: String, mpp: String)? {
        let line = line.first == "\u{FEFF}" ? line.dropFirst() : line
        guard let comma = line.lastIndex(of: ",") else { return nil }
        return (unquoted(line[..<comma]), unquoted(line[line.index(after: comma)...]))
    }

    private static func unquoted(_ field: Substring) -> String {
        var field = field.drop { $0.isWhitespace }
        while field.last?.isWhitespace == true { field.removeLast() }
        guard field.count >= 2, field.first == "\"", field.last == "\"" else { return String(field) }
        let parts = field.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
        return parts.joined(separator: "\"")
    }

    private static func refusal(of line: Substring, number: Int, file: String) -> FormatError {
        FormatError(
            .corrupt, file: file, place: "line \(number + 1)", expected: "slide,mpp with an mpp from 0.001 to 10000",
            found: "\"\(line.prefix(80))\"")
    }

    /// The entry for a slide.
    public func mpp(of slide: SlideInput) -> Double? {
        values[slide.name] ?? values[FileSearch.lastComponent(slide.path)] ?? values[FileSearch.baseName(slide.path)]
    }
}
