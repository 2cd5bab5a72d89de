import Foundation
import TestSupport
import Testing

/// What a run does with a folder that an earlier run used.
@Suite struct ResumeTests {
    private let scratch: ScratchFolder
    private let slides: String
    private let annotations: String

    init() throws {
        scratch = try ScratchFolder()
        slides = scratch.path("slides")
        annotations = scratch.path("annotations")
        try FileManager.default.copyItem(atPath: SharedSlides.slides, toPath: slides)
        try FileManager.default.copyItem(atPath: SharedSlides.annotations, toPath: annotations)
    }

    private func run(_ options: [String] = [], status: Int32 = 0) throws -> Tessera.Outcome {
        let outcome = try Tessera.run(
            ["patches", slides, "--output", scratch.path("out"), "--size", "64", "--annotations", annotations] + options
        )
        #expect(outcome.status == status, "\(outcome)")
        return outcome
    }

    private func tree() throws -> FileTree { try .outputs(scratch.path("out")) }

    @Test func `a second run does nothing`() throws {
        _ = try run()
        let first = try FileTree(scratch.path("out"))
        let second = try run()
        #expect(
            second.errors == """
                classes: tumor 1
                [1/3] a: done before
                [2/3] b: done before
                [3/3] c: done before
                patches: 0 done, 3 done before; 0 patches written

                """)
        #expect(try FileTree(scratch.path("out")) == first)
    }

    @Test(arguments: [
        (["--size", "32"], "size: expected 64"), (["--seed", "9"], "seed: expected 0"),
        (["--format", "png"], "format: expected \"jpeg\""), (["--mpp", "4"], "resolution: expected \"level 0\""),
        (["--min-coverage", "tumor=0.9"], "minCoverage: expected nothing"),
        (["--tissue", "saturation"], "tissue: expected \"otsu\""), (["--edge", "pad"], "edge: expected \"drop\""),
        (["--overview"], "overview: expected false"),
    ])
    func `other parameters are refused in one line that names one`(options: [String], text: String) throws {
        _ = try run()
        let before = try FileTree(scratch.path("out"))
        let outcome = try run(options, status: 1)
        #expect(outcome.errorLines.count == 1 && outcome.failures.count == 1)
        #expect(outcome.errors.contains("run.json: \(text) as in the run that the folder holds"))
        #expect(try FileTree(scratch.path("out")) == before)
    }

    @Test func `what follows from changed files is done again, the rest is not`() throws {
        _ = try run()
        let first = try tree()
        try TestSlide.write(to: slides + "/b.svs") { $0.seed = 77 }
        let second = try run()
        #expect(second.errors.contains("a: done before") && second.errors.contains("c: done before"))
        #expect(!second.errors.contains("b: done before"))
        #expect(try tree() != first)

        let other = SharedSlides.regions.map { TestAnnotation.Region($0.group, $0.corners.map { ($0.x + 9, $0.y) }) }
        try Data(TestAnnotation.asap(other).utf8).write(to: URL(filePath: annotations + "/a.xml"))
        let third = try run()
        #expect(!third.errors.contains("a: done before") && third.errors.contains("b: done before"))

        try FileManager.default.removeItem(atPath: annotations + "/b.geojson")
        let fourth = try run()
        #expect(fourth.errors.contains("a: done before") && !fourth.errors.contains("b: done before"))

        // All of it is what a run that never saw the old files makes.
        let updated = try tree()
        try FileManager.default.removeItem(atPath: scratch.path("out"))
        _ = try run()
        #expect(updated.differences(from: try tree()) == [])
    }

    @Test func `outputs that are gone are made again`() throws {
        _ = try run()
        let first = try tree()
        try FileManager.default.removeItem(atPath: scratch.path("out/patches/none/c"))
        try FileManager.default.removeItem(atPath: scratch.path("out/slides/b.json"))
        try FileManager.default.removeItem(atPath: scratch.path("out/manifest.csv"))
        let second = try run()
        #expect(second.errors.contains("a: done before") && second.errors.contains("patches: 2 done, 1 done before"))
        #expect(first.differences(from: try tree()) == [])
    }

    @Test func `a slide that failed is tried again`() throws {
        let good = try Data(contentsOf: URL(filePath: slides + "/b.svs"))
        try good.prefix(1000).write(to: URL(filePath: slides + "/b.svs"))
        _ = try run(status: 1)
        #expect(!(try tree().names.contains { $0.contains("/b/") }))
        try good.write(to: URL(filePath: slides + "/b.svs"))
        let second = try run()
        #expect(second.errors.contains("patches: 1 done, 2 done before"))
        let resumed = try tree()
        try FileManager.default.removeItem(atPath: scratch.path("out"))
        _ = try run()
        #expect(resumed.differences(from: try tree()) == [])
    }

    @Test func `a slide that was good and is broken now leaves nothing of its own`() throws {
        _ = try run()
        try Data("rubbish".utf8).write(to: URL(filePath: slides + "/b.svs"))
        let outcome = try run(status: 1)
        #expect(outcome.failures.count == 1)
        let names = try tree().names
        #expect(!names.contains { $0.contains("/b/") } && !names.contains("slides/b.csv"))
        let manifest = try String(contentsOfFile: scratch.path("out/manifest.csv"), encoding: .utf8)
        #expect(!manifest.contains("b_x") && manifest.contains("a_x"))
    }

    @Test func `more slides can be added to a folder`() throws {
        try FileManager.default.moveItem(atPath: slides + "/c.svs", toPath: scratch.path("c.svs"))
        _ = try run()
        try FileManager.default.moveItem(atPath: scratch.path("c.svs"), toPath: slides + "/c.svs")
        let outcome = try run()
        #expect(outcome.errors.contains("patches: 1 done, 2 done before"))
        let manifest = try String(contentsOfFile: scratch.path("out/manifest.csv"), encoding: .utf8)
        #expect(manifest.contains("c_x"))
    }
}
