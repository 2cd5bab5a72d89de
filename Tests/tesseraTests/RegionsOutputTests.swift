import Foundation
import TestSupport
import Testing

/// What `regions` does with outputs that are there already, and the grid that it writes where slices are missing.
@Suite struct RegionsOutputTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
    }

    private func run(_ object: String, _ arguments: String...) throws -> Tessera.Outcome {
        try Tessera.run(["regions", object, "--series", "ct", "--output", "out"] + arguments, in: scratch.url)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).sorted()
    }

    @Test func `outputs of another object of the same name are kept`() throws {
        #expect(try run("rt.dcm").status == 0)
        let before = try FileTree(scratch.path("out"))
        // Another patient's object, as programs that number nothing name it.
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "b"), withIntermediateDirectories: true)
        var set = RegionsInput.set()
        set[0x3006_0002] = .text("SH", "OTHER")
        _ = try scratch.write(DICOMTestFile(set).bytes, to: "b/rt.dcm")
        _ = try scratch.write(DICOMTestFile(set).bytes, to: "b/good.dcm")
        let outcome = try run("b")
        #expect(outcome.status == 1 && outcome.errors.contains("1 of 2 objects written"), "\(outcome)")
        #expect(outcome.failures.contains { $0.contains("out/rt.json: expected no labels of another object") })
        #expect(outcome.errors.contains("those of rt.dcm ("), "\(outcome)")
        let after = try FileTree(scratch.path("out"))
        #expect(before.names.allSatisfy { before.files[$0] == after.files[$0] })
        #expect(after.names.contains("good.nii.gz"))

        let replaced = try run("b/rt.dcm", "--overwrite")
        #expect(replaced.status == 0, "\(replaced)")
        #expect(try FileTree(scratch.path("out")).files["rt.json"] != before.files["rt.json"])
    }

    @Test func `what is done is left alone, and what is missing is done`() throws {
        let first = try run("rt.dcm", "--json")
        #expect(first.status == 0)
        let before = try FileTree(scratch.path("out"))
        let again = try run("rt.dcm", "--json")
        #expect(again.status == 0 && again.errors.contains("[1/1] rt: done before, 2 regions in 2 layers"), "\(again)")
        #expect(again.output == first.output && again.failures == first.failures)
        // The object and the series may have moved.
        try FileManager.default.moveItem(atPath: scratch.path("ct"), toPath: scratch.path("moved"))
        let moved = try Tessera.run("regions", "rt.dcm", "--series", "moved", "--output", "out", in: scratch.url)
        #expect(moved.status == 0 && moved.errors.contains("done before"))
        try FileManager.default.moveItem(atPath: scratch.path("moved"), toPath: scratch.path("ct"))
        try FileManager.default.removeItem(atPath: scratch.path("out/rt_layer2.nii.gz"))
        let repaired = try run("rt.dcm")
        #expect(repaired.status == 0 && !repaired.errors.contains("done before"))
        #expect(try FileTree(scratch.path("out")) == before)
    }

    @Test func `a run that was killed while it moved its files is gone on with`() throws {
        #expect(try run("rt.dcm").status == 0)
        let before = try FileTree(scratch.path("out"))
        // The first volume is in its place, the others and the table are not.
        let staging = scratch.path("out/.rt.partial")
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        for name in ["rt_layer2.nii.gz", "rt.json"] {
            try FileManager.default.moveItem(atPath: scratch.path("out/\(name)"), toPath: "\(staging)/\(name)")
        }
        let outcome = try run("rt.dcm")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try FileTree(scratch.path("out")) == before)
        // Without the table nobody knows whose the volume is.
        try FileManager.default.removeItem(atPath: scratch.path("out/rt.json"))
        let unknown = try run("rt.dcm")
        #expect(
            unknown.status == 1 && unknown.errors.contains("out/rt.nii.gz: expected no such file yet"), "\(unknown)")
    }

    @Test(arguments: [
        (["--format", ".mha"], "format: expected .nii.gz"), (["--policy", "strict"], "policy: expected"),
    ])
    func `other options are refused, and leave nothing behind when they replace`(
        arguments: [String], words: String
    ) throws {
        #expect(try run("rt.dcm").status == 0)
        let before = try FileTree(scratch.path("out"))
        let all = ["regions", "rt.dcm", "--series", "ct", "--output", "out"] + arguments
        let refused = try Tessera.run(all, in: scratch.url)
        #expect(refused.status == 1 && refused.errors.contains(words), "\(refused)")
        #expect(try FileTree(scratch.path("out")) == before)
        #expect(try Tessera.run(all + ["--overwrite"], in: scratch.url).status == 0)
        let ending = arguments.contains(".mha") ? "mha" : "nii.gz"
        #expect(try names() == ["rt.\(ending)", "rt.json", "rt_layer2.\(ending)"].sorted())
    }

    @Test func `a table that names files elsewhere removes none`() throws {
        #expect(try run("rt.dcm").status == 0)
        let path = scratch.path("out/rt.json")
        let table = try String(contentsOfFile: path, encoding: .utf8)
        for (index, name) in ["../mine.nii.gz", "mine.nii.gz", "rt/../mine.nii.gz"].enumerated() {
            _ = try scratch.write(Array("mine".utf8), to: "mine.nii.gz")
            _ = try scratch.write(Array("mine".utf8), to: "out/mine.nii.gz")
            try table.replacingOccurrences(of: "rt_layer2.nii.gz", with: name)
                .write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try run("rt.dcm", "--overwrite").status == 0, "\(index)")
            for mine in ["mine.nii.gz", "out/mine.nii.gz"] {
                #expect(FileManager.default.fileExists(atPath: scratch.path(mine)), "\(name)")
            }
        }
    }

    @Test func `two objects whose outputs would share a name are told`() throws {
        let set = try Data(contentsOf: URL(filePath: scratch.path("rt.dcm")))
        try set.write(to: URL(filePath: scratch.path("rt_layer2.dcm")))
        for _ in 0..<2 {
            let outcome = try Tessera.run(
                "regions", "rt.dcm", "rt_layer2.dcm", "--series", "ct", "--output", "out", "--overwrite",
                in: scratch.url)
            #expect(outcome.status == 1 && outcome.failures.contains { $0.contains("out/rt_layer2.nii.gz") })
        }
    }

    @Test func `an object of the name of its output is not replaced`() throws {
        let set = try Data(contentsOf: URL(filePath: scratch.path("rt.dcm")))
        try set.write(to: URL(filePath: scratch.path("rt.nii.gz")))
        let outcome = try Tessera.run(
            "regions", "rt.nii.gz", "--series", "ct", "--output", ".", "--overwrite", in: scratch.url)
        #expect(outcome.status == 1, "\(outcome)")
        #expect(try Data(contentsOf: URL(filePath: scratch.path("rt.nii.gz"))) == set)
    }

    @Test func `a kept gap has the nominal grid of convert, and slices takes the labels`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("ct/3.dcm"))
        let keep = ["--policy", "keepIrregular"]
        #expect(try Tessera.run(["convert", "ct", "ct.nii"] + keep, in: scratch.url).status == 0)
        let outcome = try Tessera.run(
            ["regions", "rt.dcm", "--series", "ct", "--output", "out", "--format", "nii"] + keep, in: scratch.url)
        // Slices 4 and 5 stand one step lower in a grid of five slices.
        #expect(outcome.status == 0 && outcome.errors.contains("up to 2 mm from their places"), "\(outcome)")
        let volume = try Data(contentsOf: scratch.url.appending(path: "ct.nii"))
        let labels = try Data(contentsOf: scratch.url.appending(path: "out/rt.nii"))
        // Dimensions, spacing, qform and sform of the two headers: a step of 2 mm, placed.
        for range in [40..<56, 76..<108, 252..<328] { #expect(volume[range] == labels[range], "\(range)") }
        #expect(labels[254] == 1 && labels[252] == 1)
        let table = try String(contentsOfFile: scratch.path("out/rt.json"), encoding: .utf8)
        // 16 voxels of 2 x 4 x 2 mm.
        #expect(table.contains("\"millilitres\" : 0.256") && table.contains("nominalGeometry"))
        let cut = try Tessera.run(
            ["slices", "ct", "--output", "slices", "--window", "none", "--format", "npy", "--mask", "out/rt.nii"]
                + keep,
            in: scratch.url)
        #expect(cut.status == 0, "\(cut)")
    }
}
