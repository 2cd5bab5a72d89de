import Foundation
import Testing

/// `docs/library.md` shows code that is compiled and run here, and no other.
@Suite struct LibraryPageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    private static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

    /// Lines without their indentation.
    private static func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The Swift blocks of the page.
    private static func blocks() throws -> [[String]] {
        let page = folder.appending(path: "../../../docs/library.md").standardizedFileURL
        return try text(page).components(separatedBy: "```swift\n").dropFirst().map { block in
            lines(block.prefix(upTo: (block.range(of: "\n```") ?? block.endIndex..<block.endIndex).lowerBound))
        }
    }

    @Test func `every block of the page is part of a recipe`() throws {
        let volumes = "../../RadiologyTests/LibraryPage/VolumeRecipes.swift"
        let recipes = try ["ImageRecipes.swift", "SlideRecipes.swift", volumes].flatMap {
            Self.lines(try Self.text(Self.folder.appending(path: $0).standardizedFileURL))
        }
        let blocks = try Self.blocks()
        #expect(blocks.count > 10)
        for block in blocks {
            let isRecipe = recipes.indices.contains { recipes[$0...].starts(with: block) }
            #expect(isRecipe, "not in the recipes: \(block.joined(separator: "\n"))")
        }
    }
}
