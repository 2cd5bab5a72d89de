import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Slices of one series whose values are not of one kind: types, palettes, units, tables.
struct MixedSlicesTests {
    private func reader(
        modality: String = "CT", _ change: (inout [UInt32: DICOMTestDataSet.Value], Int) -> Void
    ) throws -> (reader: VolumeReader, folder: ScratchFolder) {
        let folder = try ScratchFolder()
        for index in 0..<4 {
            var slice = TortureSeries().slices[index]
            slice.extra = [0x0008_0060: .text("CS", modality)]
            change(&slice.extra, index)
            _ = try folder.write(slice.file(series: "2.25.9"), to: "\(index)")
        }
        return (try VolumeReader(folder: folder.url.path), folder)
    }

    /// Stored values of a slice, before slope and intercept.
    private func stored(_ index: Int) -> [Double] { TortureSeries().slices[index].values.map { $0 + 1024 } }

    @Test(arguments: [0, 2]) func `single and double precision in one series are double, whichever is first`(
        double: Int
    ) throws {
        let values = (0..<120).map { Double($0) * 1e98 }
        let (reader, folder) = try reader(modality: "MR") { extra, index in
            (extra[0x0028_1052], extra[0x0028_1053]) = (.decimals([0]), .decimals([1]))
            extra[0x0028_0100] = .words("US", [index == double ? 64 : 32])
            if index == double {
                extra[0x7FE0_0009] = .doubles("OD", values)
            } else {
                extra[0x7FE0_0008] = .floats("OF", values.indices.map { Float($0) / 3 })
            }
        }
        let volume = try reader.volume()
        withExtendedLifetime(folder) {}
        #expect(volume.image.kind == .float64)
        let found = numbers(volume.image)
        for index in 0..<4 {
            let expected = index == double ? values : values.indices.map { Double(Float($0) / 3) }
            #expect(Array(found[120 * index..<120 * (index + 1)]) == expected, "slice \(index)")
        }
    }

    @Test func `palettes of 8 and of 16 bits are two stacks`() throws {
        let (reader, folder) = try reader(modality: "OT") { extra, index in
            extra[0x0028_0004] = .text("CS", "PALETTE COLOR")
            extra[0x0028_0103] = .words("US", [0])
            let bits = index == 2 ? 8 : 16
            for channel in 0..<3 as Range<UInt32> {
                extra[0x0028_1101 + channel] = .words("US", [256, 0, UInt16(bits)])
                extra[0x0028_1201 + channel] = .words("OW", (0..<256).map { UInt16($0 << (bits - 8)) })
            }
        }
        #expect(reader.stacks.map(\.stack.frames.count) == [3, 1])
        let kinds = try reader.stacks.map { try reader.volume($0.stack, of: $0.series).image }
        withExtendedLifetime(folder) {}
        #expect(kinds.map(\.kind) == [.uint16, .uint8])
        #expect(numbers(kinds[0]).max() == 65280 && numbers(kinds[1]).max() == 255)
    }

    @Test(
        arguments: [
            (["MGML", "Z_EFF"], nil), (["MGML", "HU"], nil), (["MGML", "MGML"], .named("MGML")),
            (["HU", "HU"], .hounsfield),
            ([nil, "HU"], .hounsfield), ([nil, nil], .hounsfield), ([nil, "OD"], nil),
        ] as [([String?], VolumeUnit?)])
    func `slices of two units have none`(types: [String?], unit: VolumeUnit?) throws {
        let (reader, folder) = try reader { extra, index in
            extra[0x0028_1054] = .text("LO", types[index % 2] ?? "")
        }
        let volume = try reader.volume()
        withExtendedLifetime(folder) {}
        #expect(volume.unit == unit ?? .unspecified)
        if unit == nil { #expect(volume.defects.contains { $0.message.contains("rescale type differs") }) }
    }

    @Test func `a slice with a modality table among others is no missing one`() throws {
        let (reader, folder) = try reader { extra, index in
            guard index == 1 else { return }
            var table = DICOMTestDataSet()
            table[0x0028_3002] = .words("SS", [2000, 0, 16])
            table[0x0028_3004] = .text("LO", "HU")
            table[0x0028_3006] = .words("OW", (0..<2000).map { UInt16(truncatingIfNeeded: $0 + 7) })
            extra[0x0028_3000] = .items([table])
            (extra[0x0028_1052], extra[0x0028_1053]) = (.text("DS", ""), .text("DS", ""))
        }
        let volume = try reader.volume()
        withExtendedLifetime(folder) {}
        #expect(!volume.defects.contains { $0.message.contains("missing") })
        #expect(Array(numbers(volume.image)[120..<240]) == stored(1).map { $0 + 7 })
        #expect(Array(numbers(volume.image)[..<120]) == stored(0).map { $0 - 1024 })
    }
}
