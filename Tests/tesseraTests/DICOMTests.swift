import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// What `tessera dicom` writes from files; the objects themselves are tested where they are made.
@Suite struct DICOMTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        let scan = scratch.path("scan")
        try FileManager.default.createDirectory(atPath: scan, withIntermediateDirectories: false)
        for file in TortureSeries().files { _ = try scratch.write(file.bytes, to: "scan/\(file.name)") }
    }

    private func run(_ arguments: [String]) throws {
        let outcome = try Tessera.run(arguments)
        #expect(outcome.status == 0, "\(outcome)")
    }

    @Test func `a series is written by both commands`() throws {
        let scan = scratch.path("scan")
        let date = ["--date", "20250102030405"]
        try run(["dicom", "series", scan, scratch.path("a")] + date)
        try run(["dicom", "series", scan, scratch.path("b"), "--derivation", "Twice"] + date)
        try run(["convert", scan, scratch.path("c") + "/"])
        let original = try VolumeReader(folder: scan).volume()
        for name in ["a", "b", "c"] {
            let volume = try VolumeReader(folder: scratch.path(name)).volume()
            #expect(volume.image.converted(to: Double.self) == original.image.converted(to: Double.self))
        }
        let outcome = try Tessera.run(["dicom", "series", scan, scratch.path("a")])
        #expect(outcome.status == 1 && outcome.errors.contains("a folder that is empty or does not exist yet"))
    }

    @Test func `a folder inside of the input, or where none can be made, is one line`() throws {
        let scan = scratch.path("scan")
        for arguments in [
            ["dicom", "series", scan, scan + "/out/deep"], ["convert", scan, scan + "/out/"],
            ["convert", scan, scan + "/"],
        ] {
            let inside = try Tessera.run(arguments)
            #expect(inside.status == 1 && inside.errorLines.count == 1, "\(inside)")
            #expect(inside.errors.contains("expected a folder outside of the input, found one inside of \(scan)"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scan).count == 20)
        _ = try scratch.write([UInt8](), to: "file")
        let place = scratch.path("file/out")
        for arguments in [["dicom", "series", scan, place], ["slices", scan, "--output", place]] {
            let outcome = try Tessera.run(arguments)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.contains("create folder failed: Not a directory"), "\(outcome)")
        }
    }

    @Test func `a slice that cannot be read is named and the exit code says so`() throws {
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: scratch.path("scan")).sorted().first)
        let whole = try Data(contentsOf: URL(filePath: scratch.path("scan/\(name)")))
        try whole.prefix(500).write(to: URL(filePath: scratch.path("scan/\(name)")))
        let outcome = try Tessera.run(["dicom", "series", scratch.path("scan"), scratch.path("out")])
        #expect(outcome.status == 1 && outcome.errors.contains(name), "\(outcome)")
        #expect(try VolumeReader(folder: scratch.path("out")).volume().image.width == 12)
        var labels = Image<UInt8>(axes: [.z, .y, .x], sizes: [20, 10, 12])
        labels[9, 4, 5] = 1
        labels.geometry = try VolumeReader(folder: scratch.path("scan")).volume().geometry
        try NIfTIEncoder().write(.uint8(labels), to: scratch.path("labels.nii.gz"))
        let marked = try Tessera.run([
            "dicom", "segmentation", scratch.path("labels.nii.gz"), scratch.path("seg.dcm"), "--source",
            scratch.path("scan"),
        ])
        #expect(marked.status == 1 && marked.errors.contains(name), "\(marked)")
    }

    @Test func `no command needs the dictionary of DCMTK`() throws {
        let line = "DCMDICTPATH=/nonexistent \"$TESSERA\" "
        let scan = scratch.path("scan")
        for command in ["info '\(scan)'", "convert '\(scan)' '\(scratch.path("a.nii"))'"] {
            let outcome = try Tessera.shell(line + command)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        }
    }

    @Test func `labels become a segmentation with the segments of a file`() throws {
        let scan = scratch.path("scan")
        var labels = Image<UInt8>(axes: [.z, .y, .x], sizes: [20, 10, 12])
        (labels[3, 4, 5], labels[4, 4, 6]) = (1, 2)
        labels.geometry = try VolumeReader(folder: scan).volume().geometry
        try NIfTIEncoder().write(.uint8(labels), to: scratch.path("labels.nii.gz"))
        let code = #"{"value": "39607008", "scheme": "SCT", "meaning": "Lung"}"#
        let json = (1...2).map {
            #"{"number": \#($0), "label": "Part \#($0)", "algorithm": "Net", "category": \#(code), "type": \#(code)}"#
        }
        _ = try scratch.write("[\(json.joined(separator: ","))]".utf8, to: "segments.json")
        for kind in [[], ["--label-map"]] {
            try run(
                [
                    "dicom", "segmentation", scratch.path("labels.nii.gz"), scratch.path("seg.dcm"), "--source", scan,
                    "--segments", scratch.path("segments.json"), "--overwrite",
                ] + kind)
            let found = try Segmentation(path: scratch.path("seg.dcm"))
            #expect(found.segments.filter { $0.number > 0 }.map(\.label) == ["Part 1", "Part 2"])
            #expect(try found.mask(of: 2).countOfTrue == 1)
        }
        let twice = [String](repeating: scratch.path("labels.nii.gz"), count: 2)
        try run(["dicom", "segmentation"] + twice + [scratch.path("two.dcm"), "--source", scan])
        let overlapping = try Segmentation(path: scratch.path("two.dcm"))
        #expect(try overlapping.mask(of: 1).countOfTrue == 2 && overlapping.mask(of: 2).countOfTrue == 2)
        _ = try scratch.write("[{}]".utf8, to: "segments.json")
        let refused = try Tessera.run([
            "dicom", "segmentation", scratch.path("labels.nii.gz"), scratch.path("no.dcm"), "--source", scan,
            "--segments", scratch.path("segments.json"),
        ])
        #expect(refused.status == 1 && refused.errors.contains("segments.json"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("no.dcm")))
    }

    @Test func `pictures become frames of a secondary capture`() throws {
        let study = scratch.path("scan/\(TortureSeries().files[0].name)")
        for index in 0..<2 {
            let picture = Image<UInt8>(axes: [.y, .x], sizes: [5, 7], repeating: UInt8(40 + index))
            try PNGEncoder().write(.uint8(picture), to: scratch.path("\(index).png"))
        }
        let paths = [scratch.path("0.png"), scratch.path("1.png")]
        try run(["dicom", "picture"] + paths + [scratch.path("p.dcm"), "--study", study, "--no-burned-in"])
        let header = try DICOMHeader(path: scratch.path("p.dcm"))
        #expect(header.dataSet.integer(.numberOfFrames) == 2)
        #expect(header.dataSet.text(.studyInstanceUID) == "2.25.1000")
        let undecided = try Tessera.run(["dicom", "picture"] + paths + [scratch.path("q.dcm"), "--study", study])
        #expect(undecided.status == 64 && undecided.errors.contains("--no-burned-in"), "\(undecided)")
    }

    @Test func `a picture of nobody is told, and what a killed run left of it is removed`() throws {
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [5, 7], repeating: 40)
        try PNGEncoder().write(.uint8(picture), to: scratch.path("0.png"))
        // No process has the largest number.
        _ = try scratch.write([1], to: ".n.dcm.2147483647.part")
        let arguments = ["dicom", "picture", scratch.path("0.png"), scratch.path("n.dcm")]
        let outcome = try Tessera.run(arguments)
        #expect(outcome.status == 0 && outcome.errorLines.count == 1, "\(outcome)")
        #expect(outcome.errors.contains("n.dcm has no patient's identity: give --study, or --patient-id"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path(".n.dcm.2147483647.part")))
        #expect(try Tessera.run(arguments + ["--patient-id", "7", "--overwrite"]).errors.isEmpty)
    }

    @Test(arguments: [
        ["dicom", "series", "a"], ["dicom", "segmentation", "a", "b"], ["dicom", "picture", "a"],
        ["dicom", "series", "a", "b", "--date", "2025"],
    ])
    func `wrong usage is told apart from failure`(arguments: [String]) throws {
        #expect(try Tessera.run(arguments).status == 64)
    }
}

extension Image<Bool> {
    fileprivate var countOfTrue: Int {
        let image = contiguous()
        let samples = image.samples
        return samples.indices.reduce(0) { $0 + (samples[$1] ? 1 : 0) }
    }
}
