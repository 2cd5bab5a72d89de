import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

struct PaddingTests {
    /// A slice whose padding is a range of stored values, read with some options.
    private func read(
        _ padding: VolumeOptions.Padding = .fill(nil), value: Int, limit: Int?, unit: String = "HU"
    ) throws -> (volume: Volume, stored: [Int], found: [Double]) {
        var slice = TortureSeries().slices[0]
        slice.extra[0x0028_0120] = .words("SS", [UInt16(truncatingIfNeeded: value)])
        slice.extra[0x0028_0121] = limit.map { .words("SS", [UInt16(truncatingIfNeeded: $0)]) }
        slice.extra[0x0028_1054] = .text("LO", unit)
        let folder = try ScratchFolder()
        _ = try folder.write(slice.file(series: "2.25.5"), to: "a")
        var options = VolumeOptions()
        options.padding = padding
        let volume = try VolumeReader(folder: folder.url.path, options: options).volume()
        let image = volume.image.converted(to: Double.self)
        let stored = (0..<slice.rows).flatMap { y in (0..<slice.columns).map { slice.stored(x: $0, y: y) } }
        return (volume, stored, (0..<120).map { image[0, $0 / 12, $0 % 12] })
    }

    @Test(arguments: [(40, 200), (200, 40)]) func `a range of padding is filled whichever end comes first`(
        value: Int, limit: Int
    ) throws {
        let (volume, stored, found) = try read(value: value, limit: limit)
        #expect(volume.reasons.padding == .filled(stored: 40...200, value: -1024))
        let isPadding = stored.map { 40...200 ~= $0 }
        #expect(isPadding.contains(true) && isPadding.contains(false))
        #expect(found == stored.map { 40...200 ~= $0 ? -1024 : Double($0) - 1024 })
    }

    @Test func `the value is that of the unit, or the one that is asked for`() throws {
        let (volume, stored, found) = try read(value: 40, limit: 200, unit: "OD")
        #expect(volume.reasons.padding == .filled(stored: 40...200, value: 0))
        #expect(found == stored.map { 40...200 ~= $0 ? 0 : Double($0) - 1024 })
        let chosen = try read(.fill(-2000), value: 40, limit: 200)
        #expect(chosen.found == stored.map { 40...200 ~= $0 ? -2000 : Double($0) - 1024 })
    }

    @Test func `rescaled padding is like any other value`() throws {
        let (volume, stored, found) = try read(.rescaled, value: 40, limit: 200)
        #expect(volume.reasons.padding == .rescaled(stored: 40...200))
        #expect(found == stored.map { Double($0) - 1024 })
    }
}
