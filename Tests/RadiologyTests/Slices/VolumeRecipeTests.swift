import Foundation
import ImageCore
import ImageProcessing
import Radiology
import TestSupport
import Testing

/// The recipe of `docs/radiology.md`, word for word.
@Suite struct VolumeRecipeTests {
    /// A box of tissue with two boxes of lung, 4 mm voxels.
    private func writeThorax(_ folder: ScratchFolder) throws -> String {
        for index in 0..<16 {
            var slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.9\(index)", position: SIMD3(-78, -58, 4 * Double(index)),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            (slice.rows, slice.columns) = (30, 40)
            var words: [UInt16] = []
            for y in 0..<30 {
                for x in 0..<40 {
                    let isBody = (2..<38).contains(x) && (2..<28).contains(y)
                    let isLung = (8..<22).contains(y) && ((6..<17).contains(x) || (23..<34).contains(x))
                    words.append(isLung && (2..<14).contains(index) ? 174 : isBody ? 1064 : 24)
                }
            }
            slice.extra[0x0028_0030] = .decimals([4, 4])
            slice.extra[0x7FE0_0010] = .words("OW", words)
            _ = try folder.write(slice.file(series: "2.25.8"), to: "\(index).dcm")
        }
        return folder.url.path
    }

    @Test func `from a folder to a chest in a window`() throws {
        let folder = try ScratchFolder()
        let scan = try writeThorax(folder)

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
