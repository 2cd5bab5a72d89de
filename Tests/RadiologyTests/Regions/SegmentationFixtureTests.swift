import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Segmentations of every kind and compression, against the masks that they were made of.
@Suite struct SegmentationFixtureTests {
    private struct Truth: Decodable {
        var voxels: Int
        var sha256: String
    }

    private static let folder = TestData.packageRoot.appending(path: "Fixtures/regions")

    static let files = [
        "binary", "binary_rle", "binary_deflated", "binary_deflated_frames", "fractional_native", "fractional_rle",
        "fractional_jpegls", "fractional_j2k", "labelmap_native", "labelmap_rle", "labelmap_jpegls", "labelmap_j2k",
        "tiled_full_rle", "tiled_sparse",
    ]

    private static func truth(_ file: String) throws -> [String: Truth] {
        let data = try Data(contentsOf: folder.appending(path: "truth.json"))
        return try #require(JSONDecoder().decode([String: [String: Truth]].self, from: data)["\(file).dcm"])
    }

    private static func hash(_ mask: Image<Bool>) -> (voxels: Int, sha256: String) {
        let image = mask.contiguous()
        let bytes = (0..<image.samples.count).map { image.samples[$0] ? UInt8(1) : 0 }
        return (bytes.reduce(0) { $0 + Int($1) }, SHA256.hex(bytes))
    }

    @Test(arguments: files)
    func `every segment has the voxels that it was made of`(file: String) throws {
        let segmentation = try Segmentation(path: Self.folder.appending(path: "\(file).dcm").path)
        let truth = try Self.truth(file)
        for (number, expected) in truth {
            let segment = try #require(Int(number))
            let found = Self.hash(try segmentation.mask(of: segment))
            #expect(found.voxels == expected.voxels && found.sha256 == expected.sha256, "segment \(number)")
        }
        #expect(segmentation.segments.filter { $0.number > 0 }.count == truth.count)
        let layers = try segmentation.labels()
        let isLabelMap = file.hasPrefix("labelmap")
        #expect(layers.layers.count == (isLabelMap ? 1 : 2), "regions overlap where they can")
        let counts = layers.voxelCounts().reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        #expect(counts == Dictionary(uniqueKeysWithValues: truth.map { (Int($0) ?? 0, $1.voxels) }))
        #expect(layers.volumes().allSatisfy { $0.kind == .uint8 })
    }

    @Test func `the own grid is that of the slices`() throws {
        let segmentation = try Segmentation(path: Self.folder.appending(path: "binary.dcm").path)
        let geometry = try #require(segmentation.ownGrid().geometry)
        #expect(geometry.spacingMillimetres == SIMD3(0.5, 0.75, 2.5))
        #expect(geometry.originMillimetres == SIMD3(-10, 5, 40))
    }
}
