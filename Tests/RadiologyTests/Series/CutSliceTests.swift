import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

@testable import Formats

/// One file of a series that is not whole: no volume without a word, and the word names the file.
struct CutSliceTests {
    private let folder: ScratchFolder
    private let slices = Array(TortureSeries().slices.prefix(6))

    init() throws {
        folder = try ScratchFolder()
        for slice in slices { _ = try folder.write(slice.file(series: "2.25.7"), to: "\(slice.index).dcm") }
    }

    /// Where an attribute of the last slice begins.
    private func place(of tag: [UInt8], in bytes: [UInt8]) throws -> Int {
        try #require((0..<bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == tag })
    }

    /// The files that failures and the refusal of a volume name.
    private func told() throws -> [String] {
        let reader = try VolumeReader(folder: folder.url.path)
        var files = reader.failures.map(\.file)
        do throws(FormatError) {
            let (series, stack) = try reader.onlyStack()
            _ = try reader.volume(stack, of: series)
        } catch {
            files.append(error.file)
        }
        return files.map { URL(filePath: $0).lastPathComponent }
    }

    @Test func `whole files are no fault`() throws { #expect(try told() == []) }

    @Test(arguments: 0..<50) func `cut anywhere, it is named`(part: Int) throws {
        let whole = slices[5].file(series: "2.25.7")
        _ = try folder.write(whole.prefix(whole.count * part / 50), to: "5.dcm")
        let told = try told()
        #expect(told == ["5.dcm"], "cut at \(whole.count * part / 50) of \(whole.count): \(told)")
    }

    @Test func `a slice whose pixels were cut counts as missing where the policy is asked for that`() throws {
        let whole = slices[2].file(series: "2.25.7")
        _ = try folder.write(whole.dropLast(10), to: "2.dcm")
        func read(_ policy: VolumePolicy) throws -> Volume {
            try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy)).volume()
        }
        for policy in [VolumePolicy.faithful, .strict, .keepIrregular] {
            #expect(throws: FormatError.self) { try read(policy) }
        }
        let inserted = try read(.insertMissing)
        let marks = try #require(inserted.validity).contiguous()
        #expect(inserted.image.depth == 6 && (0..<6).filter { !marks.samples[$0] } == [2])
        #expect(inserted.image.converted(to: Double.self).slice(.z, at: 2).contiguous().samples[0] == -1024)
        #expect(try read(.largestConsistent).image.depth == 3)
        let between = try read(.resample).image.converted(to: Double.self).slice(.z, at: 2).contiguous().samples[0]
        #expect(between == ((slices[1].values[0] + slices[3].values[0]) / 2).rounded(.toNearestOrAwayFromZero))
    }

    @Test func `cut in front of the pixel spacing, it is no stack of its own without a word`() throws {
        let whole = slices[5].file(series: "2.25.7")
        _ = try folder.write(whole.prefix(try place(of: [0x28, 0, 0x30, 0], in: whole)), to: "5.dcm")
        #expect(try told() == ["5.dcm"])
    }

    @Test func `names of DICOM files that are none are told, others are not`() throws {
        _ = try folder.write([UInt8]("text".utf8), to: "a.DCM")
        _ = try folder.write([UInt8](), to: "b.ima")
        _ = try folder.write([UInt8](), to: "c.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("d.dcm"), withDestinationPath: "/nowhere")
        try FileManager.default.createSymbolicLink(atPath: folder.path("e"), withDestinationPath: "/nowhere")
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(scan.failures.map { URL(filePath: $0.file).lastPathComponent }.sorted() == ["a.DCM", "b.ima", "d.dcm"])
        #expect(scan.otherCount == 2 && scan.instances.count == 6)
    }

    @Test func `a first fragment beyond the end of the file is seen in the header`() throws {
        let head = slices[0].file(series: "2.25.7")
        let pixels = try place(of: [0xE0, 0x7F, 0x10, 0], in: head)
        func item(_ length: UInt8) -> [UInt8] { [0xFE, 0xFF, 0, 0xE0, length, 0, 0, 0] }
        let open: [UInt8] = [0xE0, 0x7F, 0x10, 0, 0x4F, 0x42, 0, 0, 255, 255, 255, 255]
        let bytes = Array(head[..<pixels]) + open + item(0) + item(6) + [1, 2, 3, 4, 5, 6]
        for count in 0...14 {
            let header = try DICOMHeader(source: ByteSource(bytes: bytes.dropLast(count)))
            #expect(header.pixelData?.isCut == (count > 0), "\(count) bytes less")
        }
    }
}
