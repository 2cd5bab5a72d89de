import Foundation
import Testing

@testable import Augment

@Suite("Ready pipelines")
struct PipelineRecipes {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples/pipelines")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test(arguments: PipelineRecipe.all.map(\.name))
    func theFileSaysTheSame(name: String) throws {
        let recipe = try #require(PipelineRecipe.named(name))
        #expect(
            try Pipeline(parsing: Self.text("\(name).yaml"), file: name).canonicalText == recipe.pipeline.canonicalText)
    }

    @Test func everyFileIsARecipe() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(
            files.filter { $0.hasSuffix(".yaml") }.sorted() == PipelineRecipe.all.map { "\($0.name).yaml" }.sorted())
    }

    @Test func theTextOfECVLSaysTheSame() throws {
        #expect(try Pipeline(detecting: Self.text("ecvl_skin_lesion.txt")) == .ecvlSkinLesion)
    }
}
