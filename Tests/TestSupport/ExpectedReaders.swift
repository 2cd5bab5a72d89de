import Foundation

/// What an independent reader says about the files of the test data: `expected/readers.tsv`.
public struct ExpectedReader: Sendable {
    /// The path below the root of the data.
    public let path: String
    /// Which reader.
    public let reader: String
    /// Size, type and geometry in words.
    public let summary: String
    /// The hash of the stored samples, first axis fastest.
    public let hash: String

    /// The files below a folder that a reader opened.
    public static func files(below folder: String, reader: String) throws -> [ExpectedReader] {
        let table = try String(contentsOfFile: try TestData.path("expected/readers.tsv"), encoding: .utf8)
        return table.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            guard fields.count == 5, fields[0].hasPrefix(folder), fields[1] == reader, fields[2] == "ok" else {
                return nil
            }
            return ExpectedReader(path: fields[0], reader: reader, summary: fields[3], hash: fields[4])
        }
    }

    /// The numbers of a part of the summary, for example those behind `affine=`.
    public func numbers(after key: String) -> [Double] {
        guard let range = summary.range(of: key) else { return [] }
        var depth = 0
        var text = ""
        for character in summary[range.upperBound...] {
            if "[(".contains(character) { depth += 1 }
            if "])".contains(character) { depth -= 1 }
            text.append("[](),".contains(character) ? " " : character)
            if depth == 0 { break }
        }
        return text.split(separator: " ").compactMap { Double($0) }
    }
}
