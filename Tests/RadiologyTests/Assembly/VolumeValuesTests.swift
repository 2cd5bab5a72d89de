import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Stored values to samples where there is more than a slope: tables, palettes, Philips' private scale.
struct VolumeValuesTests {
    private let slice = TortureSeries().slices[3]

    private func volume(
        _ options: VolumeOptions = VolumeOptions(), _ change: (inout DICOMTestSlice) -> Void
    ) throws -> Volume {
        var slice = slice
        change(&slice)
        let folder = try ScratchFolder()
        _ = try folder.write(slice.file(series: "2.25.9"), to: "a")
        return try VolumeReader(folder: folder.url.path, options: options).volume()
    }

    private func samples(_ volume: Volume) -> [Float] {
        let image = volume.image.converted(to: Float.self).contiguous()
        return (0..<image.count).map { image.samples[$0] }
    }

    private var stored: [Int] { (0..<120).map { slice.stored(x: $0 % 12, y: $0 / 12) } }

    @Test func `a modality table takes the place of slope and intercept`() throws {
        let entries = (0..<300).map { UInt16(5000 + 7 * $0) }
        var table = DICOMTestDataSet()
        table[0x0028_3002] = .words("SS", [300, 200, 16])
        table[0x0028_3004] = .text("LO", "OD")
        table[0x0028_3006] = .words("OW", entries)
        let volume = try volume { $0.extra = [0x0028_3000: .items([table])] }
        #expect(volume.image.kind == .uint16)
        #expect(volume.reasons.values == .table && volume.reasons.scalar == .table)
        #expect(volume.unit == .named("OD"))
        // Below the first mapped value the first entry counts, beyond the last one the last.
        #expect(samples(volume) == stored.map { Float(entries[max(0, min(299, $0 - 200))]) })
        #expect(Set(samples(volume)).count > 20)
    }

    @Test func `Hounsfield units are 16 bits wide unless a value needs more`() throws {
        let usual = try volume { $0.intercept = -1500 }
        #expect(usual.image.kind == .int16 && usual.reasons.scalar == .hounsfieldInRange)
        #expect(samples(usual) == stored.map { Float($0 - 1500) })
        let high = try volume { $0.intercept = 32500 }
        #expect(high.image.kind == .int32 && high.reasons.scalar == .wholeNumbers && high.unit == .hounsfield)
        #expect(samples(high) == stored.map { Float($0 + 32500) })
        #expect(samples(high).max() ?? 0 > 32767)
    }

    @Test func `Hounsfield units of a table are not cut at 16 bits`() throws {
        var table = DICOMTestDataSet()
        table[0x0028_3002] = .words("US", [4, 0, 16])
        table[0x0028_3004] = .text("LO", "HU")
        table[0x0028_3006] = .words("OW", [0, 1000, 40000, 65535])
        let volume = try volume { $0.extra = [0x0028_3000: .items([table]), 0x0028_1054: .text("LO", "HU")] }
        #expect(volume.unit == .hounsfield && volume.reasons.values == .table)
        #expect(samples(volume) == stored.map { [0, 1000, 40000, 65535][min(3, $0)] })
    }

    @Test func `32 bits are kept`() throws {
        let numbers = (0..<120).map { UInt32.max - UInt32($0) * 16_777_217 }
        func wide(_ slice: inout DICOMTestSlice, isSigned: Bool) {
            slice.extra = [
                0x0008_0060: .text("CS", "MR"), 0x0028_0100: .words("US", [32]), 0x0028_0101: .words("US", [32]),
                0x0028_0102: .words("US", [31]), 0x0028_0103: .words("US", [isSigned ? 1 : 0]),
                0x7FE0_0010: .longs("OW", numbers),
            ]
        }
        func doubles(_ volume: Volume) -> [Double] {
            let image = volume.image.converted(to: Double.self).contiguous()
            return (0..<image.count).map { image.samples[$0] }
        }
        let unsigned = try volume {
            wide(&$0, isSigned: false)
            $0.intercept = 0
        }
        #expect(unsigned.image.kind == .uint32 && doubles(unsigned) == numbers.map(Double.init))
        let shifted = try volume { wide(&$0, isSigned: true) }
        #expect(shifted.image.kind == .float64)
        #expect(doubles(shifted) == numbers.map { Double(Int32(bitPattern: $0)) - 1024 })
        let halved = try volume {
            wide(&$0, isSigned: true)
            $0.slope = 0.5
        }
        #expect(doubles(halved) == numbers.map { Double(Int32(bitPattern: $0)) / 2 - 1024 })
    }

    @Test(arguments: [0x0028_1052, 0x0028_1053] as [UInt32])
    func `a slope without an intercept makes no Hounsfield units`(tag: UInt32) throws {
        let error = try #require(throws: FormatError.self) { try volume { $0.extra = [tag: .text("DS", "")] } }
        #expect(error.code == .volumeRefused && error.description.contains("Rescale"), "\(error)")
    }

    @Test(.needsTestData) func `doses are scaled and have their unit`() throws {
        let reader = try VolumeReader(paths: [TestData.path("dicom/pydicom/rtdose.dcm")])
        let volume = try reader.volume()
        #expect(volume.unit == .named("RELATIVE"))
        let image = volume.image.converted(to: Double.self).contiguous()
        // What pydicom reads, times Dose Grid Scaling 1e-6.
        #expect(abs(image.samples[777] - 0.888) < 1e-6)
        #expect(abs((0..<image.count).map { image.samples[$0] }.max()! - 1.254) < 1e-6)
    }

    /// Four slices that were read once, and another file that could stand for slice 2.
    private func readSeries() throws -> (folder: ScratchFolder, reader: VolumeReader, other: [UInt8]) {
        let folder = try ScratchFolder()
        let slices = Array(TortureSeries().slices.prefix(4))
        for slice in slices { _ = try folder.write(slice.file(series: "2.25.9"), to: "\(slice.index)") }
        let reader = try VolumeReader(folder: folder.url.path)
        _ = try reader.volume()
        var other = slices[2]
        other.slope = 2
        return (folder, reader, other.file(series: "2.25.9"))
    }

    @Test func `a file that another one took the place of is an error, even of the same size`() throws {
        let (folder, reader, other) = try readSeries()
        let before = try Data(contentsOf: folder.url.appending(path: "2"))
        _ = try folder.write(other, to: "new")
        try #require(try Data(contentsOf: folder.url.appending(path: "new")).count == before.count)
        try FileManager.default.removeItem(atPath: folder.path("2"))
        try FileManager.default.moveItem(atPath: folder.path("new"), toPath: folder.path("2"))
        let error = try #require(throws: FormatError.self) { try reader.volume() }
        #expect(error.code == .corrupt && error.file.hasSuffix("/2") && error.description.contains("changed"))
    }

    @Test func `a file that is written over is an error, even where its time is set back`() throws {
        let (folder, reader, other) = try readSeries()
        let time = try FileManager.default.attributesOfItem(atPath: folder.path("2"))[.modificationDate]
        // The clock of the file system ticks a hundred times a second or more.
        Thread.sleep(forTimeInterval: 0.05)
        let handle = try FileHandle(forWritingTo: folder.url.appending(path: "2"))
        try handle.write(contentsOf: Data(other))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: try #require(time)], ofItemAtPath: folder.path("2"))
        let error = try #require(throws: FormatError.self) { try reader.volume() }
        #expect(error.code == .corrupt && error.file.hasSuffix("/2") && error.description.contains("changed"))
    }

    @Test func `a buffer that turns out too narrow is replaced`() throws {
        var slice = slice
        slice.intercept = 32500
        let folder = try ScratchFolder()
        _ = try folder.write(slice.file(series: "2.25.9"), to: "a")
        let reader = try VolumeReader(folder: folder.url.path)
        let (series, stack) = try reader.onlyStack()
        var again = Volume(image: .int16(Image(axes: [.z, .y, .x], sizes: [1, 10, 12])))
        try reader.read(stack, of: series, into: &again)
        #expect(again.image.kind == .int32 && samples(again) == stored.map { Float($0 + 32500) })
    }

    @Test func `a palette becomes RGB, or indices when asked for`() throws {
        let colors: [[UInt16]] = [0, 1, 2].map { channel in (0..<256).map { UInt16(($0 * (channel + 3)) % 256) << 8 } }
        func palette(_ slice: inout DICOMTestSlice) {
            slice.extra = [0x0008_0060: .text("CS", "OT"), 0x0028_0004: .text("CS", "PALETTE COLOR")]
            slice.extra[0x0028_0103] = .words("US", [0])
            for channel in 0..<3 {
                slice.extra[0x0028_1101 + UInt32(channel)] = .words("US", [256, 0, 16])
                slice.extra[0x0028_1201 + UInt32(channel)] = .words("OW", colors[channel])
            }
        }
        let colored = try volume { palette(&$0) }
        #expect(colored.image.axes == [.z, .y, .x, .channel] && colored.image.sizes == [1, 10, 12, 3])
        #expect(colored.image.kind == .uint16 && colored.image.color == .rgb && colored.reasons.values == .palette)
        #expect(samples(colored) == stored.flatMap { index in (0..<3).map { Float(colors[$0][min(index, 255)]) } })
        var options = VolumeOptions()
        options.expandsPalette = false
        let indices = try volume(options) { palette(&$0) }
        #expect(indices.image.axes == [.z, .y, .x])
        #expect(samples(indices) == slice.values.map { Float($0) })
    }

    @Test func `Philips' scale is used when asked for, and only in its creator's block`() throws {
        var options = VolumeOptions()
        options.values = .philipsScale
        func philips(_ slice: inout DICOMTestSlice, creator: String) {
            (slice.slope, slice.intercept) = (2, 10)
            slice.extra = [0x0008_0060: .text("CS", "MR"), 0x0028_1054: nil].compactMapValues { $0 }
            slice.extra[0x2005_0012] = .text("LO", creator)
            slice.extra[0x2005_120D] = .floats("FL", [0])
            slice.extra[0x2005_120E] = .floats("FL", [0.25])
        }
        let precise = try volume(options) { philips(&$0, creator: "Philips MR Imaging DD 001") }
        #expect(samples(precise) == stored.map { Float((Double($0) * 2 + 10) / (2 * 0.25)) })
        #expect(precise.reasons.values == .philipsScale && precise.unit == .unspecified)
        let plain = try volume { philips(&$0, creator: "Philips MR Imaging DD 001") }
        #expect(samples(plain) == stored.map { Float($0 * 2 + 10) } && plain.reasons.values == .rescaled)
        #expect(throws: FormatError.self) { try volume(options) { philips(&$0, creator: "Philips MR Imaging DD 002") } }
    }
}
