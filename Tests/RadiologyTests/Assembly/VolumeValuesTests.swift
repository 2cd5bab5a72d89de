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
