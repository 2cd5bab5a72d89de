import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Radiology

/// Segmentations that contradict themselves: nothing of it is silent.
@Suite struct OddSegmentationTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// An element of explicit VR little endian with one 16-bit number.
    private static func short(_ tag: UInt32, _ number: UInt16) -> [UInt8] {
        let (group, element) = (tag >> 16, tag & 0xFFFF)
        return [UInt8(group & 255), UInt8(group >> 8), UInt8(element & 255), UInt8(element >> 8)] + Array("US".utf8)
            + [2, 0, UInt8(number & 255), UInt8(number >> 8)]
    }

    /// A file with other numbers for those of some elements.
    private func patched(
        _ path: String, _ changes: [(tag: UInt32, from: UInt16, to: UInt16)]
    ) throws -> Segmentation {
        var data = try Data(contentsOf: URL(filePath: path))
        for (tag, from, to) in changes {
            var place = data.startIndex
            while let range = data.range(of: Data(Self.short(tag, from)), in: place..<data.endIndex) {
                data.replaceSubrange(range, with: Self.short(tag, to))
                place = range.upperBound
            }
            #expect(place > data.startIndex)
        }
        try data.write(to: URL(filePath: folder.path("patched.dcm")))
        return try Segmentation(path: folder.path("patched.dcm"))
    }

    /// A segmentation of two segments, whose labels are 1 in 30 voxels and 2 in 12.
    private func written(_ kind: SegmentationWriter.Kind) throws -> (path: String, grid: SliceGrid) {
        let made = try WritingSource()
        var labels = Image<UInt16>(axes: [.z, .y, .x], sizes: [20, 10, 12])
        for i in 0..<30 { labels[3 + i / 10, 2, i % 10] = 1 }
        for i in 0..<12 { labels[4, 6, i] = 2 }
        let segments = [1, 2].map {
            Segment(number: $0, label: "part \($0)", category: .tissue, propertyType: .tissue)
        }
        try SegmentationWriter(segments: segments, source: try made.source, kind: kind, origin: WritingSource.origin)
            .write(labels, on: made.grid, to: folder.path("seg.dcm"))
        return (folder.path("seg.dcm"), made.grid)
    }

    @Test func `values of a label map that are no segment are told and listed`() throws {
        let (path, grid) = try written(.labelMap)
        let labels = try patched(path, [(0x0062_0004, 2, 9)]).regionLabels(on: grid)
        #expect(labels.kinds == ["noVoxels", "unlistedRegion"])
        #expect(labels.defects.contains { $0.message.contains("the value 2 (12 voxels)") })
        #expect(labels.defects.contains { $0.region == 9 && $0.kind == .noVoxels })
        #expect(labels.regions.map(\.label) == [1, 9, 2] && labels.regions.map(\.name) == ["part 1", "part 2", ""])
        #expect(labels.voxels(2).count == 12)
    }

    @Test func `segments of one number are painted once, and told`() throws {
        let (path, grid) = try written(.binary)
        let odd = try patched(path, [(0x0062_0004, 2, 1), (0x0062_000B, 2, 1)])
        #expect(odd.segments.map(\.label) == ["part 1"])
        let labels = try odd.regionLabels(on: grid)
        #expect(labels.layers.layers.count == 1 && labels.voxels(1).count == 42)
        let defect = try #require(labels.defects.first { $0.kind == .duplicateNumber })
        #expect(defect.severity == .error && defect.message.contains("part 1") && defect.message.contains("part 2"))
    }

    @Test func `a segment without a voxel is told`() throws {
        let (path, grid) = try written(.binary)
        // The frames of the second segment are the first one's.
        let labels = try patched(path, [(0x0062_000B, 2, 1)]).regionLabels(on: grid)
        #expect(labels.defects.filter { $0.kind == .noVoxels }.map(\.region) == [2])
        #expect(try Segmentation(path: path).regionLabels(on: grid).defects.isEmpty)
    }

    @Test func `fractions above the declared maximum are told, and bits are no fractions`() throws {
        let path = TestData.packageRoot.appending(path: "Fixtures/regions/fractional_native.dcm").path
        let whole = try Segmentation(path: path)
        guard case .fractional(let maximum) = whole.kind else { return #expect(Bool(false), "\(whole.kind)") }
        #expect(try whole.regionLabels().kinds.contains("fractionAboveMaximum") == false)
        var values = [UInt16](repeating: 0, count: whole.rows * whole.columns)
        let above = try whole.frames.indices.filter { index in
            try whole.read(index, into: &values)
            return values.contains { $0 > 100 }
        }
        let odd = try patched(path, [(0x0062_000E, UInt16(maximum), 100)]).regionLabels()
        let found = odd.defects.filter { $0.kind == .fractionAboveMaximum }
        #expect(found.reduce(0) { $0 + $1.count } == above.count && !above.isEmpty)
        let error = #expect(throws: FormatError.self) { try patched(path, [(0x0028_0100, 8, 1)]) }
        #expect(error?.place == "Bits Allocated" && error?.found == "1")
    }
}
