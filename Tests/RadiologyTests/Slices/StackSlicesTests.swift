import Formats
import Foundation
import ImageCore
import ImageProcessing
import Radiology
import TestSupport
import Testing

/// What slices of DICOM stacks that are no whole grid become.
@Suite struct StackSlicesTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func write(_ slices: [DICOMTestSlice], to name: String, cut: Int? = nil) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        for slice in slices {
            let file = slice.file(series: "2.25.8")
            _ = try folder.write(
                slice.index == cut ? file.dropLast(10) : file[...], to: "\(name)/\(slice.index).dcm")
        }
        return folder.path(name)
    }

    /// One row of `slices.csv` per slice, by the index of the slice.
    private func rows(
        _ path: String, _ request: SliceRequest, to output: String, _ options: SliceOptions = SliceOptions()
    ) throws -> (rows: [Int: [String]], record: SliceRecord) {
        let export = try SliceExport(output: folder.path(output), options: options)
        let input = try SliceInput(paths: [path], request: request)
        let record = try export.run(patient: "P", series: input.series).record
        let table = try String(contentsOfFile: folder.path("\(output)/P/slices.csv"), encoding: .utf8)
        let fields = table.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return (Dictionary(uniqueKeysWithValues: fields.map { (Int($0[2]) ?? -1, $0) }), record)
    }

    @Test(arguments: zip([MaskSource.body, .lung, .lung], [VolumePolicy.insertMissing, .faithful, .resample]))
    func `masks on both sides of a lost slice are those of the whole series`(
        mask: MaskSource, policy: VolumePolicy
    ) throws {
        var request = SliceRequest()
        request.mask = mask
        let whole = try rows(write(ThoraxSlices.slices, to: "whole"), request, to: "w").rows
        request.volume.policy = policy
        let lost = try rows(write(ThoraxSlices.slices.filter { $0.index != 7 }, to: "lost"), request, to: "l").rows
        #expect(lost.keys.sorted() == (0..<16).filter { $0 != 7 })
        for (z, row) in lost { #expect(row[3...4] == whole[z]?[3...4], "slice \(z)") }
        // Independent of the whole series: the boxes that were drawn, but for rounded corners.
        for z in [3, 6, 8, 12] {
            let truth = (0..<1200).count { i in
                mask == .body ? ThoraxSlices.isBody(i / 40, i % 40) : ThoraxSlices.isLung(z, i / 40, i % 40)
            }
            let found = try #require(lost[z].flatMap { Int($0[4]) })
            #expect(abs(found - truth) <= truth / 20, "slice \(z): \(found) of \(truth)")
        }
    }

    @Test func `a slice whose pixels were cut does not cut the mask`() throws {
        var request = SliceRequest()
        request.mask = .body
        let whole = try rows(write(ThoraxSlices.slices, to: "whole"), request, to: "w").rows
        request.volume.policy = .insertMissing
        let cut = try rows(write(ThoraxSlices.slices, to: "cut", cut: 5), request, to: "c").rows
        #expect(cut.keys.sorted() == (0..<16).filter { $0 != 5 })
        for (z, row) in cut { #expect(row[4] == whole[z]?[4], "slice \(z)") }
    }

    @Test func `positions behind a gap and of irregular slices are those of the files`() throws {
        var request = SliceRequest()
        request.volume.policy = .keepIrregular
        let gap = ThoraxSlices.slices.filter { ![3, 4].contains($0.index) }
        var irregular = ThoraxSlices.slices
        for index in 6..<16 { irregular[index].position?.z += Double(index * index) / 10 }
        for (name, slices) in [("gap", gap), ("irregular", irregular)] {
            for code in ["LPS", "RPI"] {
                var options = SliceOptions()
                options.orientation = Orientation(code)
                let found = try rows(write(slices, to: name), request, to: name + code, options).rows
                let heights = slices.compactMap(\.position?.z).sorted()
                let positions = (0..<slices.count).map { found[$0].flatMap { Double($0[3]) } }
                #expect(positions == (code == "LPS" ? heights : heights.reversed()), "\(name) \(code)")
            }
        }
    }

    @Test func `slices that turn around an axis are cut as they come, without a position`() throws {
        let rotating = RotatingSlices()
        try rotating.write(to: folder)
        var request = SliceRequest()
        request.volume.policy = .keepIrregular
        request.needsHounsfield = false
        var options = SliceOptions()
        (options.format, options.window) = (.npy, nil)
        let (found, record) = try rows(folder.url.path, request, to: "out", options)
        #expect(found.count == 6 && found.values.allSatisfy { $0[3].isEmpty })
        #expect(record.series[0].size == [12, 10])
        #expect(record.series[0].notes.contains { $0.contains("cut as they are stored, not turned to LPS") })
        var pictures: [[UInt8]] = []
        for z in 0..<6 { pictures.append(try ByteSource(path: folder.path("out/P/2.25.9/whole/000\(z).npy")).all()) }
        for slice in rotating.slices {
            let values = slice.values.map { UInt16(bitPattern: Int16($0)) }
            let bytes = values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            #expect(pictures.contains { $0.suffix(240) == bytes[...] }, "slice \(slice.index)")
        }
    }

    @Test func `resampling tells of a lost slice, and is advised only where it can be done`() throws {
        var request = SliceRequest()
        request.volume.policy = .resample
        let record = try rows(write(ThoraxSlices.slices.filter { $0.index != 7 }, to: "lost"), request, to: "l").record
        #expect(record.series[0].notes.count == 1)
        #expect(record.series[0].notes[0].hasPrefix("1 of 16 places has no slice: 8"))

        // Steps of 4, and one of 4.5 or of 1000 mm.
        for (name, length, isPossible) in [("near", 4.5, true), ("far", 1000.0, false)] {
            var slices = Array(ThoraxSlices.slices[..<5])
            slices[4].position?.z = 12 + length
            let path = try write(slices, to: name)
            request.volume.policy = .faithful
            let other = try write(ThoraxSlices.slices.map(Self.other), to: "\(name)/other")
            let input = try SliceInput(paths: [path, other], request: request)
            let advice = try #require(input.leftOut.first { $0.contains("2.25.8:") })
            #expect(advice.contains("--policy resample") == isPossible, "\(advice)")
            request.volume.policy = .resample
            request.seriesUID = "2.25.8"
            defer { request.seriesUID = nil }
            if isPossible {
                _ = try rows(path, request, to: name + "-out")
            } else {
                let error = #expect(throws: FormatError.self) { try rows(path, request, to: name + "-out") }
                #expect(error?.expected?.contains("at most 80 slices for a stack of 40 x 30 x 5") == true)
                #expect(error?.found == "254 slices")
            }
        }
    }

    private static func other(_ slice: DICOMTestSlice) -> DICOMTestSlice {
        var slice = slice
        slice.instanceUID += ".1"
        slice.extra[0x0020_000E] = .text("UI", "2.25.77")
        return slice
    }
}
