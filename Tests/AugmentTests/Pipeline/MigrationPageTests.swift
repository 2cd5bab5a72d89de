import Foundation
import Testing

@testable import Augment

@Suite("The page for those who come from other libraries")
struct MigrationPageTests {
    /// A row of a table: what another library calls it, and the code that stands in the column of what it is here.
    struct Row: Sendable, CustomTestStringConvertible {
        let peer: String
        let code: [String]
        var testDescription: String { peer }
    }

    private static let page: String = {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return (try? String(contentsOf: root.appending(path: "docs/migrating.md"), encoding: .utf8)) ?? ""
    }()

    static let rows: [Row] = page.split(separator: "\n").drop { $0 != "## Albumentations" }.compactMap { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        guard line.hasPrefix("| "), cells.count == 4, !cells[2].hasPrefix(" here") else { return nil }
        let code = cells[2].split(separator: "`", omittingEmptySubsequences: false)
        return Row(peer: String(cells[1]), code: code.indices.filter { $0 % 2 == 1 }.map { String(code[$0]) })
    }

    @Test func thePageHasItsRows() { #expect(Self.rows.count > 150) }

    /// Steps are read as a pipeline file's; other words are names of transforms, containers or their parameters.
    @Test(arguments: rows)
    func everyNameAndParameterExists(row: Row) throws {
        let transforms = Dictionary(
            uniqueKeysWithValues: TransformTable.builtIn.descriptions.map { ($0.name, $0.parameters.map(\.name)) })
        let containers = Set(ContainerKind.allCases.map(\.rawValue))
        let heads = row.code.map { String($0.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }
        let parameters = Set(
            heads.flatMap { transforms[$0] ?? [] } + ["p", "steps", "batch", "count", "weights", "others"])
        for (code, head) in zip(row.code, heads) where head.first?.isLowercase == true && head != "tessera" {
            let isName = transforms[head] != nil || containers.contains(head)
            #expect(isName || parameters.contains(head), "\(code)")
            guard isName, code.hasPrefix("\(head): {") || code.hasPrefix("\(head): [") else { continue }
            let isBatch = TransformTable.builtIn[head].map { $0 is any BatchTransform.Type } ?? false
            let text =
                "tessera_pipeline: 1\nsteps: [\(isBatch ? "" : "{\(code)}")]\nbatch: [\(isBatch ? "{\(code)}" : "")]"
            #expect(throws: Never.self, "\(code)") { try Pipeline(parsing: text) }
        }
    }
}
