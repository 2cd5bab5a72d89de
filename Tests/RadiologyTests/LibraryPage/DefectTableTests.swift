import Foundation
import Radiology
import TestSupport
import Testing

/// The tables of defects in docs/radiology.md.
struct DefectTableTests {
    /// What stands in the first cells of the page's tables.
    private static let firstCells: [String] = {
        let page = TestData.packageRoot.appending(path: "docs/radiology.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            // A row says what the defect looks like and what to do about it.
            return line.hasPrefix("|") && cells.count == 5 ? String(cells[1]) : nil
        }
    }()

    @Test(arguments: SeriesDefect.Kind.allCases.map(\.rawValue) + RegionDefect.Kind.allCases.map(\.rawValue))
    func `every defect has a row that says what to do`(kind: String) {
        #expect(Self.firstCells.contains { $0.contains("`\(kind)`") })
    }
}
