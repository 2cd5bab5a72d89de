import Formats
import Foundation
import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// `tessera slices`: what it writes of DICOM series and volume files.
@Suite struct SlicesTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// Axial slices of 12 x 10 pixels, 5 mm apart, from the given numbers.
    private func slices(_ numbers: [Int]) -> [DICOMTestSlice] {
        numbers.map { number in
            DICOMTestSlice(
                index: number, instanceUID: "2.25.7\(number)", position: SIMD3(-11, 20, 100 + 5 * Double(number)),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
        }
    }

    private func write(_ slices: [DICOMTestSlice], to folder: String, series: String = "2.25.50") throws -> String {
        try FileManager.default.createDirectory(atPath: scratch.path(folder), withIntermediateDirectories: true)
        for slice in slices {
            try AtomicFile.write(
                slice.file(series: series), to: scratch.path("\(folder)/\(99 - slice.index)-\(series).dcm"))
        }
        return scratch.path(folder)
    }

    private func run(_ arguments: [String], status: Int32 = 0) throws -> Tessera.Outcome {
        let outcome = try Tessera.run(["slices"] + arguments)
        #expect(outcome.status == status && !outcome.wasSignalled, "\(outcome)")
        return outcome
    }

    private func png(_ path: String) throws -> [UInt8] {
        let image = try FormatTable.standard.readImage(path: scratch.path(path)).converted(to: UInt8.self).contiguous()
        return image.samples.indices.map { image.samples[$0] }
    }

    /// The shade of a value as PS3.3 C.11.2.1.2.1 has it.
    private func shade(_ value: Double, center: Double, width: Double) -> UInt8 {
        if value <= center - 0.5 - (width - 1) / 2 { return 0 }
        if value > center - 0.5 + (width - 1) / 2 { return 255 }
        return UInt8((((value - (center - 0.5)) / (width - 1) + 0.5) * 255).rounded())
    }

    @Test func `series that are no volume are told and left out, the others are cut`() throws {
        var second = slices([0, 1, 2])
        for index in second.indices {
            second[index].instanceUID += ".2"
            second[index].temporalPosition = 2
        }
        var first = slices([0, 1, 2])
        for index in first.indices { first[index].temporalPosition = 1 }
        _ = try write(first, to: "in", series: "2.25.60")
        for slice in second { _ = try scratch.write(slice.file(series: "2.25.60"), to: "in/second\(slice.index).dcm") }
        var irregular = slices([0, 1, 2, 3, 4])
        irregular[2].position?.z += 2.3
        _ = try write(irregular, to: "in", series: "2.25.61")
        let folder = try write(slices([0, 1, 2]), to: "in")
        let outcome = try run([folder, "--output", scratch.path("out"), "--center", "-500", "--width", "1500"])
        #expect(outcome.errors.contains("left out: series 2.25.60: several volumes, along temporal position (2)"))
        #expect(outcome.errors.contains("left out: series 2.25.61: slices without one step; --policy"))
        #expect(outcome.errors.hasSuffix("T1: 3 slices of 1 series\n"), "\(outcome)")
    }

    @Test func `where the lowest value is white, windowed pictures show it so and values stay`() throws {
        var slice = slices([0])[0]
        slice.extra = [0x0028_0004: .text("CS", "MONOCHROME1")]
        let folder = try write([slice], to: "in")
        let window = ["--center", "-500", "--width", "1500"]
        let outcome = try run([folder, "--output", scratch.path("out")] + window)
        #expect(outcome.errors.contains("MONOCHROME1"))
        let expected = slice.values.map { 255 - shade($0, center: -500, width: 1500) }
        #expect(try png("out/T1/2.25.50/whole/0000.png") == expected)
    }

    @Test func `a series becomes slices from the feet up, the localizer is left out`() throws {
        let folder = try write(slices([3, 0, 2, 1]), to: "in")
        var scout = slices([9])[0]
        scout.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER"
        _ = try write([scout], to: "in", series: "2.25.51")
        let outcome = try run([folder, "--output", scratch.path("out"), "--center", "-500", "--width", "1500"])
        #expect(outcome.errors == "tessera: left out: series 2.25.51: a localizer\nT1: 4 slices of 1 series\n")
        for (index, slice) in slices([0, 1, 2, 3]).enumerated() {
            let expected = slice.values.map { shade($0, center: -500, width: 1500) }
            #expect(Set(expected).count > 20)
            #expect(try png("out/T1/2.25.50/whole/000\(index).png") == expected)
        }
        let names = try FileTree(scratch.path("out")).files.keys.filter { $0.hasSuffix(".png") }
        #expect(names.count == 4)
    }

    @Test func `a mask in another orientation is found on the voxels of the series`() throws {
        let folder = try write(slices([0, 1, 2, 3]), to: "in")
        var mask = Image<UInt8>(axes: [.z, .y, .x], sizes: [4, 10, 12])
        for (z, y, x) in [(1, 2, 3), (1, 7, 9), (2, 5, 5)] { mask[z, y, x] = 2 }
        mask[3, 0, 0] = 1
        mask.geometry = Geometry(spacingMillimetres: SIMD3(2, 4, 5), originMillimetres: SIMD3(-11, 20, 100))
        let ras = try mask.reoriented(to: .ras).contiguous()
        try NIfTIEncoder().write(.uint8(ras), to: scratch.path("mask.nii.gz"))
        let options = [
            folder, "--mask", scratch.path("mask.nii.gz"), "--labels", "2", "--kinds", "mask", "boxed", "--min-pixels",
            "1", "--output", scratch.path("out"),
        ]
        _ = try run(options)
        let tree = try FileTree(scratch.path("out"))
        let pictures = tree.names.filter { $0.hasSuffix(".png") }
        #expect(
            pictures.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } == [
                "boxed/0001.png", "boxed/0002.png", "mask/0001.png", "mask/0002.png",
            ])
        let first = try png("out/T1/2.25.50/mask/0001.png")
        #expect(first.indices.filter { first[$0] != 0 } == [2 * 12 + 3, 7 * 12 + 9])
        #expect(try png("out/T1/2.25.50/boxed/0001.png").count == 7 * 6)
        let rows = String(decoding: try #require(tree.files["T1/slices.csv"]), as: UTF8.self).split(separator: "\n")
        #expect(rows[1].hasPrefix("T1,2.25.50,1,105,2,16,0.0167,3,2,7,6,,,2.25.50/mask/0001.png,"))

        mask.geometry?.originMillimetres.x += 1
        try NIfTIEncoder().write(.uint8(mask), to: scratch.path("off.nii"))
        let moved = try run([folder, "--mask", scratch.path("off.nii"), "--output", scratch.path("off")], status: 1)
        #expect(moved.errorLines.count == 1 && moved.errors.contains("expected the mask on the voxels of the volume"))
    }

    @Test func `a slice that no file has is never written`() throws {
        let folder = try write(slices([0, 1, 3, 4]), to: "in")
        let outcome = try run([folder, "--output", scratch.path("out")])
        #expect(outcome.errors.contains("warning: series 2.25.50: "))
        let names = try FileTree(scratch.path("out")).names.filter { $0.hasSuffix(".png") }
        #expect(names.map { $0.suffix(8) } == ["0000.png", "0001.png", "0003.png", "0004.png"])
        // One that is interpolated is no slice of a file either.
        _ = try run([folder, "--output", scratch.path("even"), "--policy", "resample"])
        let even = try FileTree(scratch.path("even")).names.filter { $0.hasSuffix(".png") }
        #expect(even.map { $0.suffix(8) } == names.map { $0.suffix(8) })
        // Resampled slices that it has a share in are left out, too: those between 105 and 115 mm.
        _ = try run([folder, "--output", scratch.path("fine"), "--spacing", "0x0x2.5"])
        let fine = try FileTree(scratch.path("fine")).names.filter { $0.hasSuffix(".png") }
        #expect(fine.map { $0.suffix(8).prefix(4) } == ["0000", "0001", "0002", "0007", "0008", "0009"])
        // Cut from the side, every slice has a row of it.
        _ = try run([folder, "--output", scratch.path("side"), "--orientation", "ASL"])
        #expect(try FileTree(scratch.path("side")).names.filter { $0.hasSuffix(".png") }.count == 12)
    }

    @Test func `values as they are, and a volume file like its series`() throws {
        let folder = try write(slices([0, 1, 2]), to: "in")
        _ = try Tessera.run("convert", folder, scratch.path("v.nii"))
        let options = ["--window", "none", "--format", "npy", "--output"]
        _ = try run([folder] + options + [scratch.path("out")])
        _ = try run([scratch.path("v.nii")] + options + [scratch.path("out")])
        let tree = try FileTree(scratch.path("out"))
        for slice in slices([0, 1, 2]) {
            let file = try #require(tree.files["T1/2.25.50/whole/000\(slice.index).npy"])
            let values = slice.values.map { Int($0) }.flatMap {
                [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
            }
            #expect([UInt8](file.suffix(240)) == values)
            #expect(tree.files["v/v/whole/000\(slice.index).npy"] == file)
        }
    }

    @Test func `too few slices drop the patient, which is no failure`() throws {
        let folder = try write(slices([0, 1, 2]), to: "in")
        let outcome = try run([folder, "--output", scratch.path("out"), "--min-slices", "4", "--json"])
        #expect(outcome.errors == "T1: dropped: 3 slices, at least 4 are wanted\n")
        let summary = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(summary?["status"] as? String == "dropped" && summary?["slices"] as? Int == 0)
        #expect(try FileTree(scratch.path("out")).names == ["T1/", "T1/patient.json", "T1/slices.csv"])
        let kept = try run([folder, "--output", scratch.path("out"), "--min-slices", "3", "--max-slices", "2"])
        #expect(kept.errors == "T1: dropped: 2 slices, at least 3 are wanted\n")
    }

    @Test func `what cannot be cut is one line and leaves nothing`() throws {
        let folder = try write(slices([0, 1, 2]), to: "in")
        var stranger = slices([0, 1])
        for index in stranger.indices { stranger[index].extra[0x0010_0020] = .text("LO", "T2") }
        let both = try write(stranger, to: "both", series: "2.25.60")
        var magnetic = slices([0, 1, 2])
        for index in magnetic.indices {
            magnetic[index].extra = [0x0008_0060: .text("CS", "MR"), 0x0028_1054: .text("LO", "US")]
        }
        let other = try write(magnetic, to: "mr", series: "2.25.61")
        let image = Image<Int16>(axes: [.time, .z, .y, .x], sizes: [2, 3, 4, 5])
        try NIfTIEncoder().write(.int16(image), to: scratch.path("time.nii"))
        let out = ["--output", scratch.path("out")]
        let cases: [(arguments: [String], text: String)] = [
            ([folder, both], "expected one Patient ID, or --patient, found T1, T2"),
            ([other], "MR has no Hounsfield units: give a window of the values by --center and --width"),
            ([other, "--series", "2.25.61"], "expected Hounsfield units, found"),
            ([other, "--series", "2.25.61"], "give a window of the values by --center and --width"),
            ([other, "--mask", "lung", "--center", "0", "--width", "9"], "give the mask as a file"),
            (
                [folder, "--series", "2.25.999"],
                "expected a series to cut into slices, UID 2.25.999, found 2.25.50 with 1 stack"
            ),
            ([folder, "--stack", "2"], "expected a series to cut into slices, stack 2, found 2.25.50 with 1 stack"),
            ([scratch.path("time.nii")], "the axes z, y, x, found the axes time (2), z (3), y (4), x (5)"),
            ([folder, "--mask", scratch.path("time.nii")], "expected a label volume, found the axes time (2)"),
            ([folder, "--mask", scratch.path("none.nii")], "none.nii"),
            ([scratch.path("none")], "none"),
            ([folder, "--image-type", "DERIVED"], "lacks DERIVED"),
            ([folder, both, "--patient", "x", "--mask", scratch.path("time.nii")], "expected one series"),
        ]
        for (arguments, text) in cases {
            let outcome = try run(arguments + out, status: 1)
            #expect(outcome.errorLines.count == 1 && outcome.errors.contains(text), "\(arguments): \(outcome.errors)")
        }
        #expect((try? FileTree(scratch.path("out")).names) ?? [] == [])
        let named = try run([folder, both, "--patient", "a/b"] + out)
        #expect(named.errors.hasPrefix("a/b: 5 slices of 2 series, in "))
        #expect(
            try FileTree(scratch.path("out")).names.contains {
                $0.hasPrefix("a_b-") && $0.hasSuffix("/2.25.60/whole/0001.png")
            })
        let ending = try run([folder, both, "--patient", "c", "--series", "\u{2026}.60"] + out)
        #expect(ending.errors == "c: 2 slices of 1 series\n")
        let unit = try run([other, "--center", "0", "--width", "500", "--max-slices", "1"] + out)
        #expect(unit.errors == "T1: 1 slice of 1 series\n")
        // A file says no unit; without air it is no CT.
        var bright = Image<Int16>(axes: [.z, .y, .x], sizes: [3, 4, 5], repeating: 7)
        bright.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        try NIfTIEncoder().write(.int16(bright), to: scratch.path("pet.nii"))
        let taken = try run([scratch.path("pet.nii")] + out)
        #expect(taken.errors.contains("warning: series pet: no value is below 0") && taken.errors.contains("--center"))
    }

    @Test(.needsTestData) func `a tumor in real slices, from DICOM as from NIfTI`() throws {
        let data = try TestData.path("series/ibsi_STS_002")
        let options = [
            "--mask", "\(data)/nifti/STS_002/CT_mask.nii.gz", "--kinds", "whole", "masked", "mask", "boxed",
            "--window", "soft-tissue", "--min-area", "500", "--patient", "p", "--output",
        ]
        _ = try run(["\(data)/dicom/STS_002/CT/image"] + options + [scratch.path("a")])
        _ = try run(["\(data)/nifti/STS_002/CT_image.nii.gz"] + options + [scratch.path("b")])
        func pictures(_ folder: String) throws -> [String: Data] {
            let files = try FileTree(scratch.path(folder)).files.filter { $0.key.hasSuffix(".png") }
            return Dictionary(
                uniqueKeysWithValues: files.map {
                    ($0.key.split(separator: "/").suffix(2).joined(separator: "/"), $0.value)
                })
        }
        let found = try pictures("a")
        #expect(found.count > 40)
        #expect(try pictures("b") == found)
    }
}
