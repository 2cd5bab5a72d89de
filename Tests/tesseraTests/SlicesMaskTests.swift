import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Which files `tessera slices --mask` takes, and what it says of the others.
@Suite struct SlicesMaskTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [3, 4, 5])
        for i in 0..<60 { volume[i / 20, i / 5 % 4, i % 5] = Int16(i * 20 - 1000) }
        volume.geometry = Self.geometry
        try NIfTIEncoder().write(.int16(volume), to: scratch.path("ct.nii"))
    }

    private static let geometry = Geometry(spacingMillimetres: SIMD3(1, 2, 3))

    private func run(_ mask: String, _ more: [String] = []) throws -> Tessera.Outcome {
        try Tessera.run(
            [
                "slices", scratch.path("ct.nii"), "--mask", scratch.path(mask), "--kinds", "mask", "--overwrite",
                "--output", scratch.path("out"),
            ] + more)
    }

    private func write(_ values: [Float], sizes: [Int] = [3, 4, 5], to name: String) throws {
        var mask = Image<Float>(axes: [.z, .y, .x], sizes: sizes) {
            for i in 0..<$0.count { $0[i] = values[i % values.count] }
        }
        mask.geometry = Self.geometry
        try NIfTIEncoder().write(AnyImage(mask), to: scratch.path(name))
    }

    @Test func `what is no label volume is refused in a line that names it`() throws {
        try write([0, 0.25, 0.98], to: "probabilities.nii")
        try write([0, 1, .nan], to: "nan.nii")
        try write([0, 1, -1], to: "negative.nii")
        try write([0, 1], sizes: [4, 4, 5], to: "other.nii")
        _ = try scratch.write(Array("{\"labels\": 1}".utf8), to: "labels.json")
        _ = try scratch.write(DICOMTestFile(DICOMTestRegions.structureSet([])).bytes, to: "RS.dcm")
        try FileManager.default.createDirectory(atPath: scratch.path("folder"), withIntermediateDirectories: true)
        let picture = try PNGEncoder().encode(.uint8(Image<UInt8>(axes: [.y, .x], sizes: [4, 5])))
        _ = try scratch.write(picture, to: "mask.png")
        let kinds = "mask: expected a label volume (NIfTI, NRRD, MetaImage), found "
        let cases = [
            ("probabilities.nii", "mask: expected labels, whole numbers from 0 up, found fractions in 0 to 0.98"),
            ("nan.nii", "mask: expected labels, whole numbers from 0 up, found values that are not finite"),
            ("negative.nii", "mask: expected labels, whole numbers from 0 up, found values from -1 to 1"),
            ("ct.nii", "mask: expected labels, whole numbers from 0 up, found values from -1000 to 180"),
            ("other.nii", "expected a mask of 5 x 4 x 3 voxels, as the volume, found 5 x 4 x 4"),
            ("labels.json", kinds + "content of no known format"),
            ("RS.dcm", kinds + "DICOM; tessera regions makes label volumes of DICOM segmentations"),
            ("folder", kinds + "a folder; tessera regions makes label volumes"),
            ("mask.png", kinds + "PNG"),
        ]
        for (file, text) in cases {
            let outcome = try run(file)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.hasPrefix("tessera: \(scratch.path(file)): \(text)"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: scratch.path("out/ct")))
        }
    }

    @Test func `whole numbers count whatever their scalar, and an absent label is told`() throws {
        try write([0, 1, 3, 70000], to: "labels.nii")
        let all = try run("labels.nii")
        #expect(all.errors == "ct: 3 slices of 1 series\n")
        let some = try run("labels.nii", ["--labels", "3", "9", "70000"])
        #expect(some.errors == "tessera: warning: series ct: the mask has no label 9\nct: 3 slices of 1 series\n")
        let table = try String(contentsOfFile: scratch.path("out/ct/slices.csv"), encoding: .utf8)
        let pixels = table.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[4] }
        #expect(pixels == ["10", "10", "10"])
        let none = try run("labels.nii", ["--labels", "8", "9"])
        #expect(none.errors.hasPrefix("tessera: warning: series ct: the mask is empty: it has no label 8, 9\n"))
    }

    @Test func `options say what they expect`() throws {
        try write([0, 1], to: "labels.nii")
        let cases = [
            (["--labels", "1,3"], "expected a whole number; several are set apart by blanks, as in 1 3, found 1,3"),
            (["--box-size", "4"], "expected WIDTHxHEIGHT in pixels, such as 224x224, found 4"),
            (["--spacing", "1x2"], "expected one number above 0, or three as XxYxZ"),
            (["--orientation", "LPX"], "expected three of the letters L R P A S I"),
            (["--ratio-of", "bodyy"], "Please provide one of 'slice' and 'body'"),
        ]
        for (arguments, text) in cases {
            let outcome = try run("labels.nii", arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(text), "\(outcome.errors)")
        }
        let lines = try Tessera.run("slices", "--help").output
        let help = lines.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for text in ["WIDTHxHEIGHT", "values: slice, body", "default: LPS", "0x0x5"] { #expect(help.contains(text)) }
    }

    @Test func `a name that no folder can have is told with its folder`() throws {
        let outcome = try Tessera.run(
            "slices", scratch.path("ct.nii"), "--patient", "a/b", "--output", scratch.path("out"), "--json")
        let summary = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let folder = try #require(summary?["folder"] as? String)
        #expect(FileManager.default.fileExists(atPath: folder + "/slices.csv"))
        #expect(outcome.errors == "a/b: 3 slices of 1 series, in \(folder)\n")
    }
}
