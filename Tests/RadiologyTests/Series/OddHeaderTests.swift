import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// What is odd in headers and pixel data and was read all the same.
struct OddHeaderTests {
    private func slice(_ index: Int, z: Double) -> DICOMTestSlice {
        DICOMTestSlice(
            index: index, instanceUID: "2.25.5\(index)", position: SIMD3(0, 0, z), rowDirection: SIMD3(1, 0, 0),
            columnDirection: SIMD3(0, 1, 0))
    }

    private func item(_ elements: [UInt32: DICOMTestDataSet.Value]) -> DICOMTestDataSet {
        var set = DICOMTestDataSet()
        for (tag, value) in elements { set[tag] = value }
        return set
    }

    /// The bytes with the only place of some replaced.
    private func replaced(_ bytes: [UInt8], _ old: [UInt8], with new: [UInt8]) throws -> [UInt8] {
        let places = bytes.indices.filter { bytes[$0...].starts(with: old) }
        try #require(places.count == 1 && old.count == new.count)
        var result = bytes
        result.replaceSubrange(places[0]..<places[0] + old.count, with: new)
        return result
    }

    private func instance(_ bytes: [UInt8]) throws -> DICOMInstance {
        let folder = try ScratchFolder()
        guard case .image(let instance) = try DICOMContent(path: folder.write(bytes, to: "a.dcm")) else {
            throw CocoaError(.coderInvalidValue)
        }
        return instance
    }

    @Test func `an attribute that an item of a functional group has twice is told`() throws {
        var slice = slice(0, z: 0)
        slice.extra[0x5200_9229] = .items([
            item([
                0x0028_9110: .items([
                    item([0x0018_0050: .decimals([2]), 0x0018_0088: .decimals([3]), 0x0028_0030: .decimals([4, 5])])
                ])
            ])
        ])
        let bytes = slice.file(series: "2.25.5")
        #expect(try instance(bytes).problems.isEmpty)
        // Spacing Between Slices becomes a second Slice Thickness.
        let twice = try instance(replaced(bytes, [0x18, 0x00, 0x88, 0x00], with: [0x18, 0x00, 0x50, 0x00]))
        #expect(twice.problems == ["(0018,0050) is there more than once in an item; the first counts"])
        #expect(twice.frames[0].sliceThicknessMillimetres == 2)
    }

    @Test func `an attribute that an item of open length has twice is told`() throws {
        var set = DICOMTestDataSet()
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.7")
        set[0x0008_1140] = .items([
            item([0x0008_1150: .text("UI", "1.2"), 0x0008_1155: .text("UI", "1.3"), 0x0008_1160: .text("IS", "1")])
        ])
        set[0x0028_0010] = .words("US", [1])
        set[0x0028_0011] = .words("US", [1])
        set[0x0028_0100] = .words("US", [8])
        set[0x7FE0_0010] = .bytes("OB", [0])
        var file = DICOMTestFile(set)
        file.leavesLengthsOpen = true
        #expect(try instance(file.bytes).problems.isEmpty)
        let bytes = try replaced(file.bytes, [0x08, 0x00, 0x60, 0x11], with: [0x08, 0x00, 0x50, 0x11])
        #expect(
            try instance(bytes).problems == ["(0008,1150) is there more than once in an item; the first counts"])
    }

    @Test func `more encapsulated frames than declared are a defect of the volume`() throws {
        // Run lengths of 120 samples of 16 bits: two segments of one literal run each.
        func frame(_ number: Int) -> [UInt8] {
            let header = [2, 64, 64 + 122] + [Int](repeating: 0, count: 13)
            let segments = [UInt8(0), UInt8(number)].map { [119] + [UInt8](repeating: $0, count: 120) + [0x80] }
            return header.flatMap { [UInt8(truncatingIfNeeded: $0), 0, 0, 0] } + segments.flatMap { $0 }
        }
        func volume(_ frames: Int) throws -> Volume {
            var slice = slice(0, z: 0)
            slice.intercept = 0
            slice.extra = [
                0x0028_0008: .text("IS", "2"), 0x7FE0_0010: .fragments((0..<frames).map(frame)),
                0x5200_9230: .items(
                    (0..<2).map { index in
                        item([0x0020_9113: .items([item([0x0020_0032: .decimals([0, 0, Double(index)])])])])
                    }),
            ]
            // Run lengths instead of uncompressed.
            let uid = Array("1.2.840.10008.1.2.1\0".utf8)
            let bytes = try replaced(slice.file(series: "2.25.5"), uid, with: Array("1.2.840.10008.1.2.5\0".utf8))
            let folder = try ScratchFolder()
            return try VolumeReader(paths: [folder.write(bytes, to: "a.dcm")]).volume()
        }
        let whole = try volume(2)
        #expect(!whole.defects.contains { $0.kind == .excessPixelData })
        let excess = try volume(3)
        #expect(
            excess.image.converted(to: Int32.self).contiguous() == whole.image.converted(to: Int32.self).contiguous())
        let defect = try #require(excess.defects.first { $0.kind == .excessPixelData })
        #expect(defect.message.contains("3 instead of 2") && defect.files.count == 1)
    }

    @Test func `a gap that is too wide says how wide and what the limit is`() throws {
        func stack(_ places: [Double]) throws -> DICOMStack {
            let folder = try ScratchFolder()
            for (index, z) in places.enumerated() {
                _ = try folder.write(slice(index, z: z).file(series: "2.25.5"), to: "\(index).dcm")
            }
            return try VolumeReader(folder: folder.url.path).series[0].stacks[0]
        }
        // Eight slices may span 32 steps, so that 25 places are empty.
        let near = try stack([0, 5, 10, 15, 145, 150, 155, 160])
        #expect(near.geometry.missing.count == 25)
        let far = try stack([0, 5, 10, 15, 150, 155, 160, 165])
        #expect(far.geometry.kind == .irregular)
        let defect = try #require(far.defects.first { $0.kind == .irregularSpacing })
        #expect(defect.message.contains("33 steps") && defect.message.contains("at most 32"))
        // Nothing of it where there is no single step.
        let other = try stack([0, 5, 11, 18, 26, 35])
        #expect(other.defects.first { $0.kind == .irregularSpacing }?.message.contains("steps") == false)
    }

    @Test func `a new series has a number 1000 above its source's`() throws {
        func number(of source: Int?, given: Int? = nil) throws -> String? {
            let folder = try ScratchFolder()
            var study = StudyFacts(patientName: "A", patientID: "1")
            if let source {
                var slice = slice(0, z: 0)
                slice.extra[0x0020_0011] = .text("IS", "\(source)")
                study = try StudyFacts(DICOMHeader(path: folder.write(slice.file(series: "2.25.5"), to: "a.dcm")))
            }
            let picture = AnyImage(Image<UInt8>(axes: [.y, .x], sizes: [2, 3]))
            try SecondaryCapture(study: study, origin: ObjectOrigin(seriesNumber: given))
                .write(picture, to: folder.path("b.dcm"))
            return try DICOMHeader(path: folder.path("b.dcm")).dataSet.text(DICOMTag(0x0020, 0x0011))
        }
        #expect(try number(of: 4) == "1004")
        #expect(try number(of: 0) == "1000")
        #expect(try number(of: Int(Int32.max)) == "1000")
        #expect(try number(of: nil) == "1")
        #expect(try number(of: 4, given: 12) == "12")
    }
}
