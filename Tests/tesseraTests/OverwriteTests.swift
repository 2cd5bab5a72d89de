import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Outputs that are there already, and outputs that are inputs.
@Suite struct OverwriteTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "ct"), withIntermediateDirectories: true)
        for index in 0..<3 {
            let slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.20\(index)", position: SIMD3(0, 0, Double(index) * 2),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            _ = try scratch.write(slice.file(series: "2.25.2000"), to: "ct/\(index).dcm")
        }
    }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: scratch.url.appending(path: name)) }

    /// Runs a command that has to be refused in one line, and leaves a file as it is.
    private func expectRefusal(_ arguments: [String], keeps name: String, _ words: String) throws {
        let before = try bytes(name)
        let outcome = try Tessera.run(arguments, in: scratch.url)
        #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try bytes(name) == before)
    }

    @Test(arguments: ["v.nii.gz", "v.nrrd", "v.mha"])
    func `a volume that is there already is replaced on request only`(output: String) throws {
        _ = try scratch.write(Array("mine".utf8), to: output)
        try expectRefusal(["convert", "ct", output], keeps: output, "--overwrite")
        let outcome = try Tessera.run("convert", "ct", output, "--overwrite", in: scratch.url)
        #expect(outcome.status == 0)
        #expect(try FormatTable.standard.readImage(path: scratch.path(output)).sizes == [3, 10, 12])
        // Nothing was there: nothing to ask for.
        try FileManager.default.removeItem(at: scratch.url.appending(path: output))
        #expect(try Tessera.run("convert", "ct", output, in: scratch.url).status == 0)
    }

    @Test(arguments: [
        (["v.nhdr"], "v.nhdr.raw.gz"), (["v.nhdr", "--raw"], "v.nhdr.raw"), (["v.mhd"], "v.zraw"),
        (["v.mhd", "--raw"], "v.raw"), (["v.nii", "--json"], "v.json"),
    ])
    func `files beside the output count, too`(arguments: [String], beside: String) throws {
        _ = try scratch.write(Array("mine".utf8), to: beside)
        try expectRefusal(["convert", "ct"] + arguments, keeps: beside, "\(beside): expected no such file yet")
        #expect(try Tessera.run(["convert", "ct"] + arguments + ["--overwrite"], in: scratch.url).status == 0)
        #expect(try bytes(beside) != Data("mine".utf8))
    }

    @Test func `an input is never replaced`() throws {
        let overwrite = ["--overwrite"]
        #expect(try Tessera.run("convert", "ct", "a.nii", in: scratch.url).status == 0)
        try expectRefusal(["convert", "a.nii", "a.nii"] + overwrite, keeps: "a.nii", "no input")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link.nii"), withDestinationPath: scratch.path("a.nii"))
        try expectRefusal(["convert", "link.nii", "a.nii"] + overwrite, keeps: "a.nii", "no input")
        // The samples of a header among the inputs.
        let header = """
            ObjectType = Image
            NDims = 3
            DimSize = 2 2 2
            ElementType = MET_UCHAR
            ElementDataFile = b.raw

            """
        _ = try scratch.write(Array(header.utf8), to: "in.mhd")
        _ = try scratch.write((0..<8).map { UInt8($0) }, to: "b.raw")
        try expectRefusal(["convert", "in.mhd", "b.mhd", "--raw"] + overwrite, keeps: "b.raw", "no input")
        // A slice of the series that labels are for.
        try expectRefusal(
            ["dicom", "segmentation", "a.nii", "ct/1.dcm", "--source", "ct"] + overwrite, keeps: "ct/1.dcm", "no input")
    }

    @Test func `segmentations and pictures are replaced on request only`() throws {
        let labels = Image<UInt8>(axes: [.z, .y, .x], sizes: [3, 10, 12]) { samples in samples[5] = 1 }
        var image = AnyImage(labels)
        image.geometry = Geometry(spacingMillimetres: SIMD3(2, 4, 2))
        try NIfTIEncoder().write(image, to: scratch.path("labels.nii"))
        _ = try scratch.write(PNGEncoder().encode(Image<UInt8>(axes: [.y, .x], sizes: [4, 4])), to: "p.png")
        for arguments in [
            ["dicom", "segmentation", "labels.nii", "out.dcm", "--source", "ct"],
            ["dicom", "picture", "p.png", "out.dcm", "--study", "ct/0.dcm"],
        ] {
            _ = try scratch.write(Array("mine".utf8), to: "out.dcm")
            try expectRefusal(arguments, keeps: "out.dcm", "out.dcm: expected no such file yet")
            let outcome = try Tessera.run(arguments + ["--overwrite"], in: scratch.url)
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try bytes("out.dcm").count > 500)
        }
    }

    @Test func `a DICOM file is not written under the name of something else`() throws {
        let picture = PNGEncoder()
        for name in ["a.png", "b.png"] {
            _ = try scratch.write(picture.encode(Image<UInt8>(axes: [.y, .x], sizes: [4, 4])), to: name)
        }
        for name in ["la.nii.gz", "lb.nii.gz"] {
            try NIfTIEncoder().write(Image<UInt8>(axes: [.z, .y, .x], sizes: [3, 10, 12]), to: scratch.path(name))
        }
        let words = "expected an output whose name ends in .dcm"
        try expectRefusal(
            ["dicom", "picture", "a.png", "b.png", "--patient-id", "1", "--overwrite"], keeps: "b.png", words)
        try expectRefusal(
            ["dicom", "segmentation", "la.nii.gz", "lb.nii.gz", "--source", "ct", "--overwrite"], keeps: "lb.nii.gz",
            words)
        for name in ["out.dcm", "OUT.DCM", "out", "2.25.7"] {
            let outcome = try Tessera.run("dicom", "picture", "a.png", name, "--patient-id", "1", in: scratch.url)
            #expect(outcome.status == 0, "\(outcome)")
        }
        let study = try Tessera.run("dicom", "picture", "a.png", "s.dcm", "--study", "ct", in: scratch.url)
        #expect(study.errors == "tessera: ct: --study: expected a DICOM file, found a folder\n")
    }

    @Test func `with a series chosen, broken files of others do not change the exit code`() throws {
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "other"), withIntermediateDirectories: true)
        _ = try scratch.write(Array("no DICOM".utf8), to: "other/x.dcm")
        let all = try Tessera.run("convert", ".", "a.nii", in: scratch.url)
        #expect(all.status == 1 && all.errors.contains("x.dcm"))
        let chosen = try Tessera.run("convert", ".", "b.nii", "--series", "2.25.2000", in: scratch.url)
        #expect(chosen.status == 0 && chosen.errors.contains("x.dcm"), "\(chosen)")
        // It may be a slice of the series.
        _ = try scratch.write(Array("no DICOM".utf8), to: "ct/x.dcm")
        #expect(try Tessera.run("convert", ".", "c.nii", "--series", "2.25.2000", in: scratch.url).status == 1)
    }
}
