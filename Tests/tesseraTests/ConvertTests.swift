import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

struct ConvertTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let endings = ["nii", "nii.gz", "nrrd", "nhdr", "mha", "mhd"]

    /// Writes a series into a folder of its own below the test's.
    private func series(_ cases: Set<TortureCase> = []) throws -> String {
        let series = TortureSeries(cases)
        let name = "series\(series.seriesUID)"
        try FileManager.default.createDirectory(at: folder.url.appending(path: name), withIntermediateDirectories: true)
        for file in series.files { _ = try folder.write(file.bytes, to: "\(name)/\(file.name)") }
        return folder.path(name)
    }

    private func convert(_ inputs: [String], _ output: String, _ options: String...) throws -> Tessera.Outcome {
        try Tessera.run(["convert"] + inputs + [folder.path(output), "--overwrite"] + options)
    }

    private func read(_ name: String) throws -> AnyImage { try FormatTable.standard.readImage(path: folder.path(name)) }

    private func numbers(_ image: AnyImage) -> [Double] {
        let image = image.converted(to: Double.self).contiguous()
        return (0..<image.layout.count).map { image.samples[$0] }
    }

    @Test func `a slice that cannot be read is named and the exit code says so, the others are converted`() throws {
        let path = try series()
        let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        let whole = try Data(contentsOf: URL(filePath: "\(path)/\(files[0])"))
        try whole.prefix(500).write(to: URL(filePath: "\(path)/\(files[0])"))
        let outcome = try convert([path], "ct.nii")
        #expect(outcome.status == 1 && outcome.errors.contains(files[0]), "\(outcome)")
        #expect(try read("ct.nii").sizes[0] < 20 || outcome.errors.contains("no slice"))
    }

    @Test(arguments: endings) func `a series has its values and places in every format`(ending: String) throws {
        let outcome = try convert([try series()], "ct.\(ending)")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        let image = try read("ct.\(ending)")
        #expect(image.kind == .int16 && image.axes == [.z, .y, .x] && image.sizes == [20, 10, 12])
        let expected = TortureSeries()
        #expect(numbers(image) == expected.slices.flatMap(\.values))
        let place = try #require(image.geometry).position(x: 3, y: 2, z: 5)
        // Columns are 2 mm apart, rows 4, slices 1.25.
        let difference = place - (expected.origin + SIMD3(6, 8, 6.25))
        #expect((difference * difference).sum() < 1e-9)
    }

    @Test func `slices that turn are told and refused, and stacked when asked for`() throws {
        let slices = RotatingSlices()
        try slices.write(to: folder)
        let told = try Tessera.run(["info", folder.url.path])
        #expect(told.status == 0 && told.output.contains("not parallel"), "\(told)")
        let refused = try convert([folder.url.path], "turning.nii")
        #expect(refused.status == 1 && refused.errors.contains("expected slices with one step"), "\(refused)")
        #expect(refused.errors.contains("different orientations"), "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("turning.nii")))
        let stacked = try convert([folder.url.path], "turning.nii", "--policy", "keepIrregular")
        #expect(stacked.status == 0, "\(stacked)")
        #expect(numbers(try read("turning.nii")) == slices.slices.flatMap(\.values))
    }

    @Test(arguments: endings) func `a tilted series keeps its sheared map`(ending: String) throws {
        let outcome = try convert([try series([.gantryTilt])], "ct.\(ending)")
        #expect(outcome.status == 0)
        let (image, expected) = (try read("ct.\(ending)"), TortureSeries([.gantryTilt]))
        let place = try #require(image.geometry).position(x: 3, y: 2, z: 5)
        let difference = place - (expected.position(of: 5) + SIMD3(6, 0, 0) + expected.columnDirection * 8)
        // Single precision of NIfTI-1.
        #expect((difference * difference).sum() < 1e-9)
    }

    @Test(arguments: [
        ("faithful", 20), ("strict", nil), ("insertMissing", 20), ("keepIrregular", 19), ("resample", 20),
        ("largestConsistent", 12),
    ])
    func `a gap becomes what the policy says`(policy: String, depth: Int?) throws {
        let outcome = try convert([try series([.missingSlice])], "ct.nrrd", "--policy", policy)
        #expect(outcome.status == (depth == nil ? 1 : 0), "\(outcome)")
        if let depth {
            #expect(try read("ct.nrrd").depth == depth)
        } else {
            #expect(outcome.failures.count == 1 && !FileManager.default.fileExists(atPath: folder.path("ct.nrrd")))
        }
    }

    @Test(arguments: ["faithful", "resample", "keepIrregular"])
    func `the sidecar of a gapped series tells policy and defects`(policy: String) throws {
        let series = try series([.missingSlice])
        _ = try folder.write(Array("old".utf8), to: "ct.json")
        #expect(try convert([series], "ct.nii", "--policy", policy, "--json").status == 0)
        let values = try json("ct.json")
        #expect(values["ConversionPolicy"] as? String == policy)
        #expect((values["ConversionDefects"] as? [String])?.contains("missingSlices") == true)
        #expect((values["InsertedSlices"] as? [Int])?.count == (policy == "keepIrregular" ? nil : 1))
        #expect((values["SlicePositions"] as? [[Double]])?.count == (policy == "keepIrregular" ? 19 : nil))
    }

    @Test func `the sidecar tells which phase lacks a slice, and of what the space rests on without its UID`() throws {
        #expect(try convert([series([.twoPhases, .missingSlice])], "ct.nii", "--json").status == 0)
        let values = try json("ct.json")
        #expect(values["InsertedSlices"] as? [Int] == [7])
        #expect(values["InsertedSlicesByVolume"] as? [[Int]] == [[7], []])
        let choices = try #require(values["ConversionChoices"] as? [String: [String: String]])
        #expect(choices["frameOfReference"]?["value"] == "known")
        #expect(choices["frameOfReference"]?["reason"] == "frameOfReferenceUID")
        // What `info` prints may name it.
        let info = try Tessera.run("info", try series([]), "--reasons")
        #expect(info.output.contains("frame of reference 2.25."), "\(info)")
        let text = String(decoding: try Data(contentsOf: URL(filePath: folder.path("ct.json"))), as: UTF8.self)
        #expect(!text.contains("2.25."))
        #expect(try convert([series()], "one.nii", "--json").status == 0)
        #expect(try json("one.json")["InsertedSlicesByVolume"] == nil)
    }

    @Test func `a picture whose lowest value is white is told`() throws {
        var slice = TortureSeries().slices[0]
        slice.extra = [0x0028_0004: .text("CS", "MONOCHROME1")]
        let path = try folder.write(slice.file(series: "2.25.7"), to: "slice.dcm")
        let outcome = try convert([path], "out.nii", "--json")
        #expect(outcome.status == 0 && outcome.errors.contains("warning: MONOCHROME1"), "\(outcome)")
        #expect(try json("out.json")["PhotometricInterpretation"] as? String == "MONOCHROME1")
        let plain = try folder.write(TortureSeries().slices[1].file(series: "2.25.8"), to: "plain.dcm")
        #expect(try !convert([plain], "plain.nii").errors.contains("MONOCHROME"))
    }

    @Test(arguments: ["--suv", "--json"]) func `a folder does not ignore options`(option: String) throws {
        let outcome = try Tessera.run("convert", try series(), folder.path("out") + "/", option)
        #expect(outcome.status == 1 && outcome.errors.contains(option), "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }

    @Test(
        .needsTestData,
        arguments: [
            ("highdicom/dx_image.dcm", true), ("pydicom/examples_ybr_color.dcm", true),
            ("pylibjpeg/LittleEndianExplicit/emri_small.dcm", false),
        ])
    func `a picture without a place has its spacing and no place, a slice without its place is refused`(
        name: String, isPicture: Bool
    ) throws {
        let file = try TestData.path("dicom/\(name)")
        let outcome = try convert([file], "picture.nii")
        #expect(outcome.status == (isPicture ? 0 : 1), "\(outcome)")
        guard isPicture else {
            #expect(outcome.errors.contains(file))
            return #expect(try convert([file], "kept.nii", "--policy", "keepIrregular").status == 0)
        }
        // pixdim, qform_code and sform_code of the header of NIfTI-1.
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("picture.nii"))).prefix(348))
        func float(_ offset: Int) -> Float {
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) })
        }
        #expect(Array(bytes[252..<256]) == [0, 0, 0, 0])
        #expect(abs(float(80) - (name.contains("dx") ? 1.2012 : 0.510497)) < 1e-4)
        guard name.contains("dx") else { return }
        // Cut again, it is not turned against the DICOM's own picture.
        let values = ["--window", "none", "--format", "npy", "--patient", "p"]
        let pictures = try [[file, "--series", "1"], [folder.path("picture.nii")]].enumerated().map { number, input in
            let place = folder.path("cut\(number)")
            let cut = try Tessera.run(["slices"] + input + ["--output", place] + values)
            #expect(cut.status == 0, "\(cut)")
            let names = try FileManager.default.subpathsOfDirectory(atPath: place).filter { $0.hasSuffix(".npy") }
            return try ByteSource(path: "\(place)/\(try #require(names.first))").all()
        }
        #expect(pictures[0] == pictures[1] ? true : false)
    }

    @Test func `slices without a step need another policy`() throws {
        let series = try series([.variableSpacing])
        let refused = try convert([series], "ct.nii")
        #expect(refused.status == 1 && refused.errors.contains("--policy"), "\(refused)")
        #expect(try convert([series], "kept.nii", "--policy", "keepIrregular").status == 0)
        #expect(try read("kept.nii").depth == 20)
        #expect(try convert([series], "even.nii", "--policy", "resample").status == 0)
        #expect(try read("even.nii").depth == 50)
    }

    @Test func `an object that marks regions is told which command takes it`() throws {
        var slice = TortureSeries().slices[0]
        for (sopClass, kind) in [("66.4", "segmentation"), ("481.3", "structure set"), ("88.33", "report")] {
            slice.extra = [0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.\(sopClass)")]
            let path = try folder.write(slice.file(series: "2.25.7"), to: "object.dcm")
            let outcome = try convert([path], "out.nii")
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(
                outcome.errors.contains("object.dcm: ") && outcome.errors.contains("a \(kind), which `tessera regions`")
            )
        }
    }

    @Test func `of several series one is chosen`() throws {
        let inputs = [try series(), try series([.jitter])]
        let uids = [TortureSeries().seriesUID, TortureSeries([.jitter]).seriesUID]
        let undecided = try convert(inputs, "ct.nii")
        #expect(undecided.status == 1 && uids.allSatisfy { undecided.errors.contains($0) })
        for (index, uid) in uids.enumerated() {
            // The end of one UID is enough, where no other ends so.
            let word = String(uid.suffix(6))
            let matching = uids.filter { $0.hasSuffix(word) || $0.hasPrefix(word) }.count
            let outcome = try convert(inputs, "ct\(index).nii", "--series", matching == 1 ? word : uid)
            #expect(outcome.status == 0, "\(outcome)")
        }
        #expect(try read("ct0.nii").geometry != read("ct1.nii").geometry)
        let absent = try convert(inputs, "no.nii", "--series", "7.7")
        #expect(absent.status == 1 && absent.failures.count == 1 && absent.errors.contains("7.7"))
    }

    @Test func `of several stacks one is chosen`() throws {
        let series = try series([.localizer])
        #expect(try convert([series], "all.nii").status == 0)
        #expect(try read("all.nii").depth == 20)
        #expect(try convert([series], "scout.nii", "--stack", "2").status == 0)
        #expect(try read("scout.nii").depth == 1)
        let absent = try convert([series], "no.nii", "--stack", "9")
        #expect(absent.status == 1 && absent.failures.count == 1 && absent.errors.contains("from 1 to 2"))
    }

    @Test func `stacks are listed with what tells them apart where none is chosen`() throws {
        let inputs = [try series([.localizer]), try series([.jitter])]
        let outcome = try convert(inputs, "ct.nii")
        #expect(outcome.status == 1 && outcome.failures.count == 1)
        let listed = outcome.errorLines.filter { $0.hasPrefix("  series ") }
        #expect(listed.count == 3 && outcome.errors.contains("--series UID and --stack n"), "\(outcome)")
        #expect(listed.contains { $0.contains("stack 1: 12 x 10 x 20, 2 x 4 x 1.25 mm, axial, CT") })
        #expect(listed.contains { $0.contains("stack 2: 12 x 10 x 1, 2 x 4 mm") && $0.contains("apart by") })
    }

    @Test func `numbers that are none are told by every command, with the file`() throws {
        let torture = TortureSeries()
        for slice in torture.slices {
            var slice = slice
            if slice.index == 3 { slice.extra = [0x0020_0032: .text("DS", "nan\\0\\0")] }
            if slice.index == 9 { slice.extra = [0x0028_1053: .text("DS", "inf")] }
            _ = try folder.write(slice.file(series: torture.seriesUID), to: "\(slice.index).dcm")
        }
        let inputs = (0..<20).map { folder.path("\($0).dcm") }
        let converted = try convert(inputs, "ct.nii")
        let written = try Tessera.run(["dicom", "series"] + inputs + [folder.path("out")])
        for outcome in [converted, written] {
            #expect(outcome.status == 0 && outcome.errors.contains("[\(folder.path("3.dcm"))]"), "\(outcome)")
            #expect(outcome.errors.contains("\"inf\" in 1 file") && outcome.errors.contains("9.dcm"))
        }
        let info = try Tessera.run(["info", "--reasons"] + inputs)
        #expect(info.output.contains("invalidNumber: Image Position") && info.output.contains("\"inf\""))
        let strict = try convert(inputs, "no.nii", "--policy", "strict")
        #expect(strict.status == 1 && !FileManager.default.fileExists(atPath: folder.path("no.nii")))
    }

    @Test func `padding is filled, or rescaled when asked for`() throws {
        var slice = TortureSeries().slices[0]
        let stored = slice.stored(x: 3, y: 2)
        slice.extra[0x0028_0120] = .words("SS", [UInt16(stored)])
        let file = try folder.write(slice.file(series: "2.25.5"), to: "a.dcm")
        #expect(try convert([file], "filled.nrrd").status == 0)
        #expect(try convert([file], "rescaled.nrrd", "--rescale-padding").status == 0)
        #expect(try numbers(read("filled.nrrd"))[2 * 12 + 3] == -1024)
        #expect(try numbers(read("rescaled.nrrd")) == slice.values)
    }

    @Test func `PET becomes SUV when asked for, other series are refused`() throws {
        var drug = DICOMTestDataSet()
        drug[0x0018_1074] = .text("DS", "370000000")
        var slice = TortureSeries().slices[0]
        slice.intercept = 0
        slice.extra = [
            0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.128"), 0x0008_0060: .text("CS", "PT"),
            0x0010_1030: .text("DS", "70"), 0x0028_0051: .text("CS", "DECY\\ATTN"), 0x0054_0016: .items([drug]),
            0x0054_1001: .text("CS", "BQML"), 0x0054_1102: .text("CS", "ADMIN"),
        ]
        let file = try folder.write(slice.file(series: "2.25.6"), to: "pet.dcm")
        #expect(try convert([file], "pet.mha", "--suv", "--json").status == 0)
        let values = try numbers(read("pet.mha"))
        #expect(
            zip(values, slice.values).allSatisfy { abs($0 - $1 * 70000 / 370e6) < 1e-6 } && values.contains { $0 > 0.1 }
        )
        #expect(try json("pet.json")["Units"] as? String == "g/mL")
        let refused = try convert([try series()], "ct.nii", "--suv")
        #expect(refused.status == 1 && refused.failures.count == 1 && refused.errors.contains("--suv"))
    }

    private func json(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: folder.path(name)))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `the parameters stand beside the output`() throws {
        let series = try series()
        #expect(try convert([series], "plain.nii.gz").status == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path("plain.json")))
        #expect(try convert([series], "ct.nii.gz", "--json").status == 0)
        let values = try json("ct.json")
        #expect(values["Modality"] as? String == "CT" && values["Units"] as? String == "HU")
        #expect(values["ImageType"] as? [String] == ["ORIGINAL", "PRIMARY", "AXIAL"])
        #expect(values["SpacingBetweenSlices"] as? Double == 1.25 && values["SeriesNumber"] as? Int == 1)
        let choices = try #require(values["ConversionChoices"] as? [String: [String: String]])
        #expect(choices["scalar"]?["value"] == "int16" && choices["unit"]?["reason"] == "rescaleType")
        #expect(choices["sliceSpacing"]?["value"] == "1.25 mm" && choices["sliceSpacing"]?["reason"] == "positions")
        #expect(choices["values"]?["words"]?.contains("(0028,1053)") == true)
        let text = try String(contentsOfFile: folder.path("ct.json"), encoding: .utf8)
        #expect(!text.contains("Torture") && !text.contains("T1") && !text.contains("2.25."))
    }

    @Test(arguments: endings) func `the number of threads changes no byte`(ending: String) throws {
        let series = try series([.slopePerSlice])
        var files: [[Data]] = []
        for jobs in ["1", "4"] {
            #expect(try convert([series], "ct.\(ending)", "--jobs", jobs, "--json").status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
                $0.hasPrefix("ct.")
            }
            files.append(try names.sorted().map { try Data(contentsOf: URL(filePath: folder.path($0))) })
        }
        #expect(files[0] == files[1] && files[0].count == (ending == "nhdr" || ending == "mhd" ? 3 : 2))
    }

    @Test func `where nothing can be written is one line`() throws {
        let series = try series()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "d.nii"), withIntermediateDirectories: true)
        let sealed = folder.path("sealed")
        try FileManager.default.createDirectory(
            atPath: sealed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
        var outputs = [("absent/ct.nii", "absent"), ("d.nii", "a folder")]
        // The superuser can write everywhere.
        if geteuid() != 0 { outputs.append(("sealed/ct.nrrd", "sealed")) }
        for (output, word) in outputs {
            let outcome = try convert([series], output)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.failures.first?.contains(word) == true, "\(outcome)")
        }
        let ending = try convert([series], "ct.png")
        #expect(ending.status == 64 && ending.errors.contains(".nrrd"))
        let input = try convert([folder.path("nothing")], "ct.nii")
        #expect(input.status == 1 && input.errorLines.count == 1)
    }
}
