import Foundation
import TestSupport
import Testing

/// The command `regions`, run as a user runs it.
@Suite struct RegionsTests {
    private func record(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `an interrupted run leaves whole objects only`() throws {
        let scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
        let set = try Data(contentsOf: URL(filePath: scratch.path("rt.dcm")))
        let names = (0..<200).map { "rt\($0)" }
        for name in names { try set.write(to: URL(filePath: scratch.path("\(name).dcm"))) }
        let run = Tessera(
            ["regions"] + names.map { "\($0).dcm" } + ["--series", "ct", "--output", "out"], in: scratch.url)
        try run.start()
        let out = scratch.path("out")
        while run.isRunning && !FileManager.default.fileExists(atPath: out) { Thread.sleep(forTimeInterval: 0.002) }
        run.signal(SIGINT)
        let outcome = try run.wait()
        #expect(outcome.status == 130 && !outcome.wasSignalled, "\(outcome)")
        #expect(outcome.failures.count == 1 && outcome.failures[0].hasSuffix(": interrupted"), "\(outcome)")
        let tree = try FileTree.outputs(out)
        #expect(tree.leftovers == [])
        #expect(tree.names.filter { $0.hasSuffix(".json") }.count < names.count)
        for name in names where tree.names.contains(where: { $0.hasPrefix("\(name).") }) {
            #expect(tree.names.filter { $0.hasPrefix("\(name).") || $0.hasPrefix("\(name)_") }.count == 3, "\(name)")
        }
    }

    @Test func `a structure set becomes label volumes and a table`() throws {
        let scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
        let outcome = try Tessera.run(
            "regions", "rt.dcm", "--series", "ct", "--output", "out", in: scratch.url)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.errors.contains("region 9 (empty): there are no contours"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).sorted()
                == ["rt.json", "rt.nii.gz", "rt_layer2.nii.gz"])
        let record = try record(scratch.path("out/rt.json"))
        let layers = try #require(record["layers"] as? [[String: Any]])
        #expect(
            outcome.errors.contains("[1/1] rt: 2 regions in 2 layers\nregions: 1 of 1 object written\n"), "\(outcome)")
        let regions = layers.compactMap { ($0["regions"] as? [[String: Any]])?.first }
        #expect(regions.map { $0["label"] as? Int } == [3, 8] && regions.map { $0["voxels"] as? Int } == [16, 16])
        #expect(regions.first?["color"] as? String == "#FF0003" && regions.first?["name"] as? String == "first")
        #expect(regions.first?["millilitres"] as? Double == 0.256)
        #expect(record["seriesUID"] as? String == "2.25.2000" && record["kind"] as? String == "structureSet")
    }

    @Test func `the grid is that of convert`() throws {
        let scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
        try Tessera.run("convert", "ct", "ct.nii", in: scratch.url)
        let outcome = try Tessera.run(
            "regions", ".", "--output", "out", "--format", "nii", "--json", in: scratch.url)
        #expect(outcome.status == 0 && outcome.output.contains("\"rt.nii\""), "\(outcome)")
        let volume = try Data(contentsOf: scratch.url.appending(path: "ct.nii"))
        let labels = try Data(contentsOf: scratch.url.appending(path: "out/rt.nii"))
        // Dimensions, spacing, qform and sform of the two headers.
        for range in [40..<56, 76..<108, 252..<328] { #expect(volume[range] == labels[range], "\(range)") }
    }

    @Test func `bad objects are one line each, the rest is done`() throws {
        let scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
        let whole = [UInt8](try Data(contentsOf: scratch.url.appending(path: "rt.dcm")))
        _ = try scratch.write(whole.prefix(180), to: "cut.dcm")
        _ = try scratch.write(Array("no DICOM".utf8), to: "text.dcm")
        var elsewhere = RegionsInput.set()
        elsewhere[0x0020_0052] = .text("UI", "2.25.9")
        elsewhere[0x3006_0039] = nil
        _ = try scratch.write(DICOMTestFile(elsewhere).bytes, to: "elsewhere.dcm")
        var lost = RegionsInput.set()
        lost[0x3006_0039] =
            DICOMTestRegions.structureSet([
                .init(number: 3, name: "first", contours: [RegionsInput.box(0.5, 4.5, z: 400, image: nil)]),
                .init(number: 8, name: "second", contours: [RegionsInput.box(2.5, 6.5, z: 4, image: nil)]),
            ])[0x3006_0039]
        _ = try scratch.write(DICOMTestFile(lost).bytes, to: "lost.dcm")
        _ = try scratch.write(whole.prefix(whole.count - 200), to: "half.dcm")
        let files = ["cut.dcm", "half.dcm", "text.dcm", "elsewhere.dcm", "lost.dcm", "absent.dcm", "rt.dcm"]
        let outcome = try Tessera.run(
            ["regions"] + files + ["--series", "ct", "--output", "out"], in: scratch.url)
        #expect(outcome.status == 1 && !outcome.wasSignalled, "\(outcome)")
        for file in files.dropLast() {
            #expect(outcome.failures.contains { $0.contains(file) }, "\(file): \(outcome)")
        }
        #expect(FileManager.default.fileExists(atPath: scratch.path("out/rt.nii.gz")))
        #expect(FileManager.default.fileExists(atPath: scratch.path("out/lost.nii.gz")))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/elsewhere.nii.gz")))
    }

    @Test func `an object without regions is a note`() throws {
        let scratch = try ScratchFolder()
        try RegionsInput.write(scratch)
        _ = try scratch.write(DICOMTestFile(DICOMTestRegions.report([])).bytes, to: "sr.dcm")
        let outcome = try Tessera.run(
            "regions", "sr.dcm", "rt.dcm", "--series", "ct", "--output", "out", in: scratch.url)
        #expect(outcome.status == 0 && outcome.errors.contains("sr.dcm: there are no regions"), "\(outcome)")
        #expect(outcome.errors.contains("1 of 2 objects written"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/sr.json")))
    }

    @Test func `files of one name get names of their own`() throws {
        let scratch = try ScratchFolder()
        for folder in ["a", "b"] { try RegionsInput.write(scratch, to: folder + "/") }
        let outcome = try Tessera.run("regions", "a", "b", "--output", "out", in: scratch.url)
        #expect(outcome.status == 0, "\(outcome)")
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).filter {
            $0.hasSuffix("json")
        }
        #expect(names.sorted() == ["a_rt_dcm.json", "b_rt_dcm.json"])
    }

    @Test func `segmentations stand on their own grid without a series`() throws {
        let scratch = try ScratchFolder()
        let folder = TestData.packageRoot.appending(path: "Fixtures/regions").path
        let outcome = try Tessera.run("regions", folder, "--output", "out", in: scratch.url)
        #expect(outcome.status == 0 && outcome.errors.contains("14 of 14 objects written"), "\(outcome)")
        #expect(FileManager.default.fileExists(atPath: scratch.path("out/binary_rle_layer2.nii.gz")))
    }
}
