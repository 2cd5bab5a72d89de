import Foundation
import ImageCore
import Testing

@testable import ImageProcessing

/// Every row of docs/from-ecvl.md has a call that is checked against numbers worked out by hand, and every call a row.
@Suite struct FromECVLTests {
    /// The calls, by ECVL's names.
    private static let calls: [String: FromECVL.Call] = [
        FromECVL.arithmetic, FromECVL.geometry, FromECVL.warps, FromECVL.values, FromECVL.filters, FromECVL.noise,
        FromECVL.measures,
    ].reduce([:]) { $0.merging($1) { _, second in second } }

    private static var root: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// ECVL's name, whether a transform stands first, and the names of the second column.
    private struct Row {
        let name: String
        let transform: String?
        let names: [String]
    }

    /// The rows of the first table.
    private static func rows() throws -> [Row] {
        let page = try text("docs/from-ecvl.md")
        let table = page.components(separatedBy: "## Codecs")[0]
        return table.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let columns = line.replacing("<code>&#124;</code>", with: "`or`").split(separator: "|")
            func spans(_ column: Substring) -> [String] {
                column.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            }
            var names = spans(columns[1]).map { $0 == "or" ? "|" : $0 }
            let isTransform = columns[1].contains("transform `")
            let transform = isTransform ? names.removeFirst() : nil
            return Row(name: spans(columns[0])[0], transform: transform, names: names)
        }
    }

    /// The source of each call, by ECVL's names.
    private static func sources() throws -> [String: String] {
        var result: [String: String] = [:]
        for file in ["Arithmetic", "Geometry", "Filters", "Measures"] {
            let source = try text("Tests/ImageProcessingTests/Support/FromECVL+\(file).swift")
            for part in source.components(separatedBy: "\n        \"").dropFirst() {
                result[String(part.prefix { $0 != "\"" })] = part.replacing(/\s+/, with: " ")
            }
        }
        return result
    }

    /// What a call of a name looks like: the name, and its first label or `as:`.
    private static func marks(_ name: String) -> [String] {
        guard let open = name.firstIndex(of: "(") else { return [name] }
        let labels = name[open...].dropFirst().split(whereSeparator: { $0 == ":" || $0 == ")" }).map(String.init)
        let start = String(name[...open])
        guard let first = labels.first else { return [start + ")"] }
        return [first == "_" ? start : start + first + ":"] + (labels.contains("as") ? ["as:"] : [])
    }

    @Test func `every row of the table is called by its name`() throws {
        let (rows, sources) = (try Self.rows(), try Self.sources())
        let transforms = Set(rows.filter { $0.names.isEmpty }.map(\.name))
        #expect(transforms == ["CoarseDropout"])
        #expect(
            Set(rows.map(\.name)) == Set(Self.calls.keys).union(transforms),
            "rows without a call, or calls without a row")
        #expect(rows.count == Set(rows.map(\.name)).count)
        for row in rows {
            for mark in row.names.flatMap(Self.marks) {
                #expect(sources[row.name]?.contains(mark) == true, "\(row.name): no call of \(mark)")
            }
        }
        for call in Self.calls.values { try call() }
    }

    /// Transforms are of Augment, which has tests of its own for what ECVL's text becomes.
    @Test func `every transform of the table is one that ECVL's text becomes`() throws {
        let tests = try Self.text("Tests/AugmentTests/ECVL/ECVLText.swift")
        let names = try Self.rows().compactMap(\.transform)
        #expect(names.count == 5)
        for name in names { #expect(tests.contains("{\(name): {"), "\(name)") }
    }
}

/// The calls, and small pictures for them.
enum FromECVL {
    typealias Call = @Sendable () throws -> Void

    /// A picture by its rows.
    static func picture<Scalar: ImageScalar>(_ rows: [[Scalar]]) -> Image<Scalar> {
        var image = Image<Scalar>(
            axes: [.y, .x], sizes: [rows.count, rows[0].count], repeating: rows[0][0], color: .gray,
            domain: Scalar.self == UInt8.self ? .integer(bits: 8) : .unspecified)
        for (y, row) in rows.enumerated() { for (x, value) in row.enumerated() { image[y, x] = value } }
        return image
    }

    static func bytes(_ rows: [UInt8]...) -> Image<UInt8> { picture(rows) }

    /// Whether numbers are the same but for rounding.
    static func near<Scalar: NumericScalar>(_ image: Image<Scalar>, _ wanted: [Double], _ tolerance: Double = 1e-4)
        -> Bool
    {
        let values = image.values.map(\.doubleValue)
        guard values.count == wanted.count else { return false }
        return zip(values, wanted).allSatisfy { abs($0 - $1) <= tolerance }
    }

    /// Mean and variance of all samples.
    static func spread<Scalar: NumericScalar>(_ image: Image<Scalar>) -> (mean: Double, variance: Double) {
        let values = image.values.map(\.doubleValue)
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }
}
