import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// What is written is read again by the project's own reader; other programs are asked by the cross-check script.
struct SegmentationWriterTests {
    /// A grid whose slices have an odd number of pixels, so that frames start within a byte.
    private static func grid(rows: Int = 7, columns: Int = 9, depth: Int = 5, _ source: SourceSeries) -> SliceGrid {
        let slices = (0..<depth).map { SliceGrid.Slice(originMillimetres: SIMD3(-5, 3.25, Double($0) * 2.5)) }
        return SliceGrid(
            rows: rows, columns: columns, orientation: SliceOrientation(x: SIMD3(1, 0, 0), y: SIMD3(0, 0.6, 0.8)),
            spacing: DICOMPixelSpacing(xMillimetres: 0.5, yMillimetres: 0.75), slices: slices,
            frameOfReferenceUID: source.frameOfReferenceUID)
    }

    private static func labels(_ grid: SliceGrid, count: Int, seed: UInt64, emptySlice: Int? = 2) -> Image<UInt16> {
        var generator = SeededGenerator(seed: seed)
        var image = Image<UInt16>(axes: [.z, .y, .x], sizes: [grid.slices.count, grid.rows, grid.columns])
        var samples = image.mutableSamples
        for i in 0..<samples.count where i / grid.pixelsPerSlice != emptySlice {
            samples[i] = UInt16(Int.random(in: 0...count, using: &generator))
        }
        return image
    }

    private static func segments(_ numbers: [Int]) -> [Segment] {
        numbers.map {
            Segment(
                number: $0, label: "Größe \($0)", category: .anatomicalStructure, propertyType: .liver,
                algorithm: $0 == 1 ? nil : "Net \($0)")
        }
    }

    private func writer(
        _ numbers: [Int], _ source: SourceSeries, _ kind: SegmentationWriter.Kind = .binary
    ) -> SegmentationWriter {
        var writer = SegmentationWriter(
            segments: Self.segments(numbers), source: source, kind: kind, origin: WritingSource.origin)
        writer.contentCreatorName = "Ärztin^Eva"
        return writer
    }

    @Test(arguments: [SegmentationWriter.Kind.binary, .labelMap], [(1, false), (3, true), (3, false), (200, false)])
    func `labels come back, whatever their number`(
        kind: SegmentationWriter.Kind, choice: (count: Int, keepsEmpty: Bool)
    ) throws {
        let (count, keepsEmpty) = choice
        let source = try WritingSource().source
        let grid = Self.grid(source)
        let folder = try ScratchFolder()
        let labels = Self.labels(grid, count: count, seed: UInt64(count))
        var writer = writer(Array(1...count), source, kind)
        writer.keepsEmptyFrames = keepsEmpty
        try writer.write(labels, on: grid, to: folder.path("seg.dcm"))
        let found = try Segmentation(path: folder.path("seg.dcm"))
        #expect(found.problems.isEmpty && found.kind == (kind == .binary ? .binary : .labelMap))
        #expect(found.segments.filter { $0.number > 0 } == writer.segments)
        #expect(found.referencedSeriesUIDs.isEmpty)
        #expect(try found.labels(on: grid).labelMap.map { flat($0) } == flat(labels))
        // The file's own grid has the same slices; the empty one lies between others.
        let own = found.ownGrid()
        #expect(own.slices.count == 5)
        #expect(try found.labels().labelMap.map { flat($0) } == flat(labels))
        if keepsEmpty { #expect(found.frames.count == (kind == .binary ? 5 * count : 5)) }
    }

    @Test func `numbers with gaps beyond 8 bits need a label map, and get 16 bits`() throws {
        let source = try WritingSource().source
        let grid = Self.grid(source)
        let labels = Self.labels(grid, count: 1, seed: 4).map { $0 == 0 ? UInt16(300) : 7 }
        let folder = try ScratchFolder()
        try writer([300, 7], source, .labelMap).write(labels, on: grid, to: folder.path("seg.dcm"))
        let found = try Segmentation(path: folder.path("seg.dcm"))
        #expect(found.segments.map(\.number) == [0, 7, 300])
        #expect(try found.labels(on: grid).labelMap.map { flat($0) } == flat(labels))
        #expect(throws: FormatError.self) {
            try writer([7, 300], source).write(labels, on: grid, to: folder.path("other.dcm"))
        }
        #expect(try entries(folder) == ["seg.dcm"])
    }

    @Test func `overlapping masks come back one by one`() throws {
        let source = try WritingSource().source
        let grid = Self.grid(source)
        let masks = (1...3).map { seed in Self.labels(grid, count: 1, seed: UInt64(seed)).map { $0 != 0 } }
        let layers = LabelLayers(masks, on: grid)
        #expect(layers.layers.count == 3)
        let folder = try ScratchFolder()
        try writer([1, 2, 3], source).write(layers, to: folder.path("seg.dcm"))
        let found = try Segmentation(path: folder.path("seg.dcm"))
        for (index, mask) in masks.enumerated() {
            #expect(flat(try found.mask(of: index + 1, on: grid)) == flat(mask))
        }
        #expect(try DICOMHeader(path: folder.path("seg.dcm")).dataSet.text(DICOMTag(0x0062, 0x0013)) == "YES")
        #expect(throws: FormatError.self) {
            try writer([1, 2, 3], source, .labelMap).write(layers, to: folder.path("map.dcm"))
        }
    }

    @Test(arguments: [[], [TortureCase.gantryTilt], [.missingSlice], [.variableSpacing], [.sagittal]])
    func `frames name the images of their series`(cases: Set<TortureCase>) throws {
        let made = try WritingSource(cases)
        let grid = made.grid
        let labels = Self.labels(grid, count: 2, seed: 9, emptySlice: 3)
        let folder = try ScratchFolder()
        try writer([1, 2], try made.source).write(labels, on: grid, to: folder.path("seg.dcm"))
        let found = try Segmentation(path: folder.path("seg.dcm"))
        #expect(found.referencedSeriesUIDs == [made.series.uid])
        let named = Set(found.sources.map(\.sopInstanceUID))
        #expect(named == Set(grid.slices.map(\.sopInstanceUID)).subtracting([grid.slices[3].sopInstanceUID]))
        #expect(try found.labels(on: grid).labelMap.map { flat($0) } == flat(labels))
    }

    /// A file with other bytes for some of its bytes, however often they occur.
    private static func patched(_ path: String, _ old: [UInt8], _ new: [UInt8]) throws -> String {
        var data = try Data(contentsOf: URL(filePath: path))
        var place = data.startIndex
        while let range = data.range(of: Data(old), in: place..<data.endIndex) {
            data.replaceSubrange(range, with: new)
            place = range.upperBound
        }
        #expect(place > data.startIndex)
        try data.write(to: URL(filePath: path + ".patched"))
        return path + ".patched"
    }

    @Test func `frames beyond the declared number, and frames that contradict each other, are told`() throws {
        let made = try WritingSource()
        let (grid, folder) = (made.grid, try ScratchFolder())
        let labels = Self.labels(grid, count: 2, seed: 9, emptySlice: nil)
        let path = folder.path("seg.dcm")
        try writer([1, 2], try made.source).write(labels, on: grid, to: path)
        let whole = try Segmentation(path: path)
        let count = whole.frames.count
        #expect(try whole.regionLabels(on: grid).defects.isEmpty && count == 2 * grid.slices.count)

        // (0028,0008) IS: one frame fewer than there are.
        let tag: [UInt8] = [0x28, 0, 8, 0] + Array("IS".utf8) + [2, 0]
        let fewer = try Self.patched(path, tag + Array("\(count)".utf8), tag + Array("\(count - 1)".utf8))
        let short = try Segmentation(path: fewer).regionLabels(on: grid)
        #expect(short.kinds == ["surplusFrames"] && short.defects[0].severity == .error)

        // (0062,000B) US: the frames of segment 2 become others of segment 1.
        let number: [UInt8] = [0x62, 0, 0x0B, 0] + Array("US".utf8) + [2, 0]
        let doubled = try Self.patched(path, number + [2, 0], number + [1, 0])
        let conflicting = try Segmentation(path: doubled).regionLabels(on: grid)
        #expect(
            conflicting.kinds == ["conflictingFrames", "noVoxels"] && conflicting.defects[0].count == grid.slices.count)
        #expect(
            conflicting.voxels(1)
                == (try whole.regionLabels(on: grid)).voxels(1).union(
                    try whole.regionLabels(on: grid).voxels(2)))
    }

    @Test func `a label map in any orientation is brought onto the series`() throws {
        let made = try WritingSource([.missingSlice])
        let volume = try made.volume
        let perSlice = made.grid.pixelsPerSlice
        func labels(gap: Bool) -> Image<UInt8> {
            var labels = Image<UInt8>(axes: [.z, .y, .x], sizes: volume.image.sizes)
            var samples = labels.mutableSamples
            for i in 0..<samples.count where gap || i / perSlice != 7 { samples[i] = UInt8(i * 7 % 5) }
            labels.geometry = volume.geometry
            return labels
        }
        // Slice 8 was put in where a file is missing: its labels have nowhere to go.
        let lost = (7 * perSlice..<8 * perSlice).filter { !$0.isMultiple(of: 5) }.count
        let refusal = #expect(throws: FormatError.self) {
            try LabelLayers(placing: .uint8(labels(gap: true)), on: made.grid, file: "labels")
        }
        #expect(refusal?.found == "\(lost) labelled voxels on 1 slice, the first slice 8 of 20")
        let labels = labels(gap: false)
        // RAS with the axes exchanged: what another program may have made of the volume.
        let turned = labels.flipped(.x).flipped(.y).permuted(to: [.x, .y, .z])
        let placed = try LabelLayers(placing: .uint8(turned.contiguous()), on: made.grid, file: "labels")
        let kept = (0..<20).filter { $0 != 7 }
        let wanted = kept.flatMap { flat(labels.slice(.z, at: $0)) }
        #expect(placed.labelMap.map { flat($0) } == wanted.map { UInt16($0) })
        var shifted = labels
        shifted.geometry?.originMillimetres.x += 0.5
        #expect(throws: FormatError.self) {
            try LabelLayers(placing: .uint8(shifted), on: made.grid, file: "labels")
        }
        let fractions = labels.map { Float($0) / 2 }
        #expect(throws: FormatError.self) {
            try LabelLayers(placing: .float32(fractions), on: made.grid, file: "labels")
        }
    }

    @Test func `the same labels give the same file`() throws {
        let source = try WritingSource().source
        let grid = Self.grid(source)
        let folder = try ScratchFolder()
        for (name, seed) in [("a", UInt64(1)), ("b", 1), ("c", 2)] {
            try writer([1, 2], source)
                .write(Self.labels(grid, count: 2, seed: seed), on: grid, to: folder.path(name))
        }
        let files = try ["a", "b", "c"].map { try Data(contentsOf: URL(filePath: folder.path($0))) }
        #expect(files[0] == files[1] && files[0] != files[2])
    }
}
