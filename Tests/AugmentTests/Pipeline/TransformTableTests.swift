import Foundation
import Testing

@testable import Augment

@Suite("The list of transforms")
struct TransformTableTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func theTableInTheDocumentationIsCurrent() throws {
        let page = try String(contentsOf: root.appending(path: "docs/augmentation.md"), encoding: .utf8)
        let part = page.split(separator: "<!-- transforms -->\n").last?.split(separator: "<!-- end of transforms -->")
        let isCurrent = part?.first.map(String.init) == TransformTable.builtIn.markdown
        #expect(isCurrent, "run scripts/update-transform-table")
    }

    @Test func everyTransformOfSingleSamplesHasItsPicture() throws {
        let folder = root.appending(path: "docs/images/transforms").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        let names = TransformTable.builtIn.descriptions.filter { $0.group != .batch }.map { $0.name + ".png" }
        #expect(files.sorted() == names.sorted(), "run scripts/draw-transforms")
    }

    @Test func namesAreDistinctAndDefaultsAllowed() throws {
        let all = TransformTable.builtIn.descriptions
        #expect(Set(all.map(\.name)).count == all.count)
        for transform in all {
            #expect(Set(transform.parameters.map(\.name)).count == transform.parameters.count, "\(transform.name)")
            #expect(transform.summary.hasSuffix("."), "\(transform.name)")
        }
        // Every default is a value that a file may have.
        for type in TransformTable.builtIn.types {
            let table = type is any BatchTransform.Type ? TransformTable.builtIn.forBatch : .builtIn
            _ = try Step(.map([(type.name, type.init().parameterValues)]), table: table)
        }
    }

    @Test func theTablesOfContainersAndNumbersAreCurrent() throws {
        let page = try String(contentsOf: root.appending(path: "docs/augmentation.md"), encoding: .utf8)
        for container in ContainerKind.allCases {
            let does = container.summary.dropLast().prefix(1).lowercased() + container.summary.dropLast().dropFirst()
            #expect(page.contains("| `\(container.rawValue)` | \(does) |\n"), "\(container)")
            #expect(throws: AugmentError.self, "unknown keys are refused") {
                try Step(.map([(container.rawValue, .map([("q", .number(1))]))]), table: .builtIn)
            }
            var entries: [(String, PipelineValue)] = [("steps", .list([.text("d4")]))]
            if let name = container.parameter?.name {
                entries.append((name, name == "weights" ? .list([.number(1)]) : .number(1)))
            }
            _ = try Step(.map([(container.rawValue, .map(entries))]), table: .builtIn)
        }
        for form in DistributionForm.allCases {
            #expect(page.contains("| `\(form.example)` | \(form.summary) |\n"), "\(form)")
        }
    }
}
