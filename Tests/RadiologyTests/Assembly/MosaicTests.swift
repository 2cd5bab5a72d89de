import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Generated mosaics: five tiles of 4 × 5 pixels in a picture of 3 × 3 tiles.
struct MosaicTests {
    private static let count = 5

    /// A CSA header (`SV10`) with some entries.
    private func header(_ entries: [(name: String, values: [String])]) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        var bytes = Array("SV10".utf8) + [4, 3, 2, 1] + number(entries.count) + number(77)
        for entry in entries {
            bytes += Array(entry.name.utf8) + [UInt8](repeating: 0, count: 64 - entry.name.utf8.count)
            bytes += number(entry.values.count) + Array("FD\0\0".utf8) + number(4)
            bytes += number(entry.values.count) + number(77)
            for value in entry.values {
                let text = Array(value.utf8) + [0]
                bytes += number(text.count) + number(text.count) + number(77) + number(text.count) + text
                bytes += [UInt8](repeating: 0, count: (4 - text.count % 4) % 4)
            }
        }
        return bytes
    }

    private func picture(
        _ volume: Int, normal: Double?, change: (inout [UInt32: DICOMTestDataSet.Value]) -> Void = { _ in }
    ) -> [UInt8] {
        var slice = DICOMTestSlice(
            index: volume, instanceUID: "2.25.80\(volume)", position: SIMD3(10, 20, 30), rowDirection: SIMD3(1, 0, 0),
            columnDirection: SIMD3(0, 1, 0))
        (slice.rows, slice.columns, slice.intercept) = (12, 15, 0)
        slice.imageType = "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC"
        slice.extra = [
            0x0008_0060: .text("CS", "MR"), 0x0008_0032: .text("TM", "1200\(10 + 2 * volume)"),
            0x0018_0080: .text("DS", "2500"), 0x0018_0088: .text("DS", "6"), 0x0018_0050: .text("DS", "5"),
            0x0020_0012: .text("IS", "\(volume + 1)"), 0x0019_0010: .text("LO", "SIEMENS MR HEADER"),
            0x0019_100A: .words("US", [UInt16(Self.count)]), 0x0028_1054: .text("LO", "US"),
        ]
        if let normal {
            slice.extra[0x0029_0011] = .text("LO", "SIEMENS CSA HEADER")
            slice.extra[0x0029_1110] = .bytes(
                "OB",
                header([
                    ("NumberOfImagesInMosaic", ["5"]), ("SliceNormalVector", ["0.0", "0.0", "\(normal)"]),
                    ("MosaicRefAcqTimes", ["0.0", "400.0", "100.0", "500.0", "200.0", ""]),
                ]))
        }
        change(&slice.extra)
        return slice.file(series: "2.25.8")
    }

    private func volume(_ files: [[UInt8]]) throws -> Volume {
        let folder = try ScratchFolder()
        for (index, file) in files.enumerated() { _ = try folder.write(file, to: "\(index)") }
        return try VolumeReader(folder: folder.url.path).volume()
    }

    private func stored(_ volume: Int, tile: Int, x: Int, y: Int) -> Float {
        let slice = DICOMTestSlice(
            index: volume, instanceUID: "", position: nil, rowDirection: .zero, columnDirection: .zero)
        return Float(slice.stored(x: x + tile % 3 * 5, y: y + tile / 3 * 4))
    }

    @Test(arguments: [1.0, -1.0])
    func `tiles become slices along the recorded normal, pictures become times`(normal: Double) throws {
        let volume = try volume([picture(1, normal: normal), picture(0, normal: normal)])
        #expect(volume.image.sizes == [2, 5, 4, 5] && volume.image.axes == [.time, .z, .y, .x])
        let values = volume.image.converted(to: Float.self).contiguous()
        let order = normal > 0 ? Array(0..<5) : Array((0..<5).reversed())
        for time in 0..<2 {
            for (z, tile) in order.enumerated() {
                for index in 0..<20 {
                    let expected = stored(time, tile: tile, x: index % 5, y: index / 5)
                    #expect(values.samples[(time * 5 + z) * 20 + index] == expected)
                }
            }
        }
        let geometry = try #require(volume.geometry)
        #expect(geometry.spacingMillimetres == SIMD3(2, 4, 6))
        // The picture and each slice have the same center: 15 and 5 columns of 2 mm, 12 and 4 rows of 4 mm.
        let lowest = normal > 0 ? 30.0 : 6.0
        let first = SIMD3<Double>(10 + 2 * 5, 20 + 4 * 4, lowest)
        #expect(geometry.originMillimetres == first)
        #expect(volume.defects.isEmpty && volume.timeStepSeconds == 2.5)
        let times = [0, 0.4, 0.1, 0.5, 0.2]
        #expect(volume.sliceTimesSeconds == (normal > 0 ? times : times.reversed()))
        #expect(volume.axes.map(\.attribute) == [.acquisitionTime])
    }

    @Test func `what a mosaic does not say is assumed with a warning, or it stays whole with an error`() throws {
        let unsided = try volume([picture(0, normal: nil)])
        #expect(unsided.image.sizes == [5, 4, 5] && unsided.sliceTimesSeconds == nil)
        #expect(unsided.defects.map(\.kind) == [.mosaic] && unsided.defects[0].severity == .warning)
        let unspaced = try volume([picture(0, normal: 1) { $0[0x0018_0088] = nil }])
        #expect(unspaced.geometry?.spacingMillimetres.z == 5)
        #expect(unspaced.defects.map(\.kind) == [.derivedPosition])
        // The attribute of another creator's block is none of Siemens'.
        #expect(throws: FormatError.self) {
            try volume([picture(0, normal: nil) { $0[0x0019_0010] = .text("LO", "SOMEBODY ELSE") }])
        }
        // 10 slices would need 4 x 4 tiles, which do not fit into 15 columns.
        #expect(throws: FormatError.self) {
            try volume([picture(0, normal: nil) { $0[0x0019_100A] = .words("US", [10]) }])
        }
    }

    @Test func `slice times stand in the sidecar in the order of the slices`() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(picture(0, normal: -1), to: "a")
        let volume = try VolumeReader(folder: folder.url.path).volume()
        let sidecar = BIDSSidecar(try DICOMHeader(path: path).dataSet, volume: volume)
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(sidecar)) as? [String: Any]
        #expect(json?["SliceTiming"] as? [Double] == [0.2, 0.5, 0.1, 0.4, 0])
        #expect(json?["RepetitionTime"] as? Double == 2.5)
    }
}
