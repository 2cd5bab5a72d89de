import Foundation
import ImageCore
import ImageProcessing
import Radiology
import TestSupport
import Testing

/// The recipe of `docs/radiology.md`, word for word.
@Suite struct VolumeRecipeTests {
    @Test func `from a folder to a chest in a window`() throws {
        let folder = try ScratchFolder()
        for slice in ThoraxSlices.slices {
            _ = try folder.write(slice.file(series: "2.25.8"), to: "\(slice.index).dcm")
        }
        let scan = folder.url.path

        let volume = try VolumeReader(folder: scan).volume()
        let upright = try volume.image.reoriented(to: .lps)
        let even = try upright.resampled(toSpacingMillimetres: SIMD3(1, 1, 1))
        let lungs = try LungSegmentation().segment(even)
        let chest = try even.cropped(toMask: lungs.mask, marginMillimetres: 5)
        let shades = chest.windowed(WindowPreset.lung.window)

        #expect(even.sizes == [64, 120, 160])
        #expect(lungs.outcome == .twoLungs)
        let box = try #require(lungs.mask.boundingBox)
        // 12 slices, 14 rows, and 28 columns from the outer edge of one lung to that of the other, of 4 mm.
        for (found, expected) in zip([box.z, box.y, box.x], [8..<56, 32..<88, 24..<136]) {
            #expect(
                abs(found.lowerBound - expected.lowerBound) <= 2 && abs(found.upperBound - expected.upperBound) <= 2)
        }
        #expect(shades.sizes == [box.z.count + 10, box.y.count + 10, box.x.count + 10])
        // A voxel in the middle of the right lung, found by its place in the patient.
        let middle = SIMD3<Double>(-34, 2, 32)
        let place = try #require(shades.geometry?.index(at: middle))
        let (x, y, z) = (Int(place.x.rounded()), Int(place.y.rounded()), Int(place.z.rounded()))
        // −850 HU in the window of −600 and 1500.
        #expect(shades[z, y, x] == 85)
    }

    @Test func `the page shows this recipe`() throws {
        let page = TestData.packageRoot.appending(path: "docs/radiology.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "let volume = try VolumeReader(folder: scan).volume()"))
        let end = try #require(text.range(of: "```", range: start.lowerBound..<text.endIndex))
        let shown = text[start.lowerBound..<end.lowerBound].split(separator: "\n").map(String.init)
        let own = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
        let lines = own.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(shown.count == 6)
        #expect(lines.indices.contains { lines[$0...].starts(with: shown) })
    }
}
