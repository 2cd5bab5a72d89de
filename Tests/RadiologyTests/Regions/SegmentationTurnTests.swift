import ImageCore
import Radiology
import TestSupport
import Testing

/// Segmentations that are stored flipped, turned or cropped against their series; a voxel's label follows from where it lies.
@Suite struct SegmentationTurnTests {
    /// Which way the frames of a segmentation run on the slices: columns and rows follow each other along these steps.
    struct Turn: Sendable {
        var right: (x: Int, y: Int)
        var down: (x: Int, y: Int)
    }

    static let turns: [Turn] = [1, -1].flatMap { a in
        [1, -1].flatMap { b in
            [Turn(right: (a, 0), down: (0, b)), Turn(right: (0, a), down: (b, 0))]
        }
    }

    private let made: WritingSource
    private let folder: ScratchFolder

    init() throws {
        made = try WritingSource([.gantryTilt])
        folder = try ScratchFolder()
    }

    /// The center of a pixel of a slice.
    private func place(_ x: Double, _ y: Double, _ slice: SliceGrid.Slice) throws -> SIMD3<Double> {
        let orientation = try #require(made.grid.orientation)
        let origin = try #require(slice.originMillimetres)
        return origin + orientation.x * (x * DICOMTestSlice.columnSpacing)
            + orientation.y * (y * DICOMTestSlice.rowSpacing)
    }

    /// A label that follows from a place in space: some regions in a pattern without symmetry.
    private func label(at place: SIMD3<Double>) -> UInt16 {
        let wave = place.x * 0.31 + place.y * 0.17 + place.z * 0.53 + place.x * place.y * 0.011
        return UInt16((wave - wave.rounded(.down)) * 3)
    }

    /// The grid of frames that start at a pixel of the slices and run as a turn says.
    private func grid(
        _ turn: Turn, start: (x: Double, y: Double), columns: Int, rows: Int, slices: Range<Int>,
        namesImages: Bool = true
    ) throws -> SliceGrid {
        let series = made.grid
        let axes = try #require(series.orientation)
        let spacing = (x: DICOMTestSlice.columnSpacing, y: DICOMTestSlice.rowSpacing)
        let isTransposed = turn.right.x == 0
        return SliceGrid(
            rows: rows, columns: columns,
            orientation: SliceOrientation(
                x: axes.x * Double(turn.right.x) + axes.y * Double(turn.right.y),
                y: axes.x * Double(turn.down.x) + axes.y * Double(turn.down.y)),
            spacing: DICOMPixelSpacing(
                xMillimetres: isTransposed ? spacing.y : spacing.x, yMillimetres: isTransposed ? spacing.x : spacing.y),
            slices: try series.slices[slices].map { slice in
                SliceGrid.Slice(
                    originMillimetres: try place(start.x, start.y, slice),
                    sopInstanceUID: namesImages ? slice.sopInstanceUID : "")
            }, frameOfReferenceUID: series.frameOfReferenceUID)
    }

    /// A segmentation whose voxels have the labels of their places.
    private func segmentation(_ grid: SliceGrid, _ kind: SegmentationWriter.Kind = .binary) throws -> Segmentation {
        let (axes, spacing) = (try #require(grid.orientation), try #require(grid.spacing))
        var labels = Image<UInt16>(axes: [.z, .y, .x], sizes: [grid.slices.count, grid.rows, grid.columns])
        for (z, slice) in grid.slices.enumerated() {
            let origin = try #require(slice.originMillimetres)
            for y in 0..<grid.rows {
                for x in 0..<grid.columns {
                    labels[z, y, x] = label(
                        at: origin + axes.x * (Double(x) * spacing.xMillimetres)
                            + axes.y * (Double(y) * spacing.yMillimetres))
                }
            }
        }
        let segments = [1, 2].map {
            Segment(number: $0, label: "part \($0)", category: .tissue, propertyType: .tissue)
        }
        let writer = SegmentationWriter(
            segments: segments, source: try made.source, kind: kind, origin: WritingSource.origin)
        try writer.write(labels, on: grid, to: folder.path("seg.dcm"))
        return try Segmentation(path: folder.path("seg.dcm"))
    }

    /// The labels of the places within a part of the series, 0 elsewhere.
    private func truth(x: Range<Int>, y: Range<Int>, z: Range<Int>) throws -> [UInt16] {
        let grid = made.grid
        return try grid.slices.enumerated().flatMap { index, slice in
            try (0..<grid.rows).flatMap { row in
                try (0..<grid.columns).map { column in
                    guard z.contains(index), y.contains(row), x.contains(column) else { return 0 }
                    return label(at: try place(Double(column), Double(row), slice))
                }
            }
        }
    }

    @Test(arguments: turns, [SegmentationWriter.Kind.binary, .labelMap])
    func `voxels go to their places, whichever way the frames run`(turn: Turn, kind: SegmentationWriter.Kind) throws {
        let series = made.grid
        // The first pixel lies at the corner that the steps lead away from.
        let start = (
            x: turn.right.x + turn.down.x < 0 ? series.columns - 1 : 0,
            y: turn.right.y + turn.down.y < 0 ? series.rows - 1 : 0
        )
        let isTransposed = turn.right.x == 0
        let own = try grid(
            turn, start: (Double(start.x), Double(start.y)), columns: isTransposed ? series.rows : series.columns,
            rows: isTransposed ? series.columns : series.rows, slices: 0..<series.slices.count)
        let labels = try segmentation(own, kind).regionLabels(on: series)
        let expected = try truth(x: 0..<series.columns, y: 0..<series.rows, z: 0..<series.slices.count)
        #expect(labels.layers.labelMap.map { flat($0) } == expected && labels.defects.isEmpty)
        #expect(Set(expected) == [0, 1, 2])
    }

    @Test(arguments: turns, [true, false])
    func `frames may be a part of the slices`(turn: Turn, namesImages: Bool) throws {
        // Columns 3 to 7, rows 2 to 8, slices 4 to 11.
        let (x, y, z) = (3..<8, 2..<9, 4..<12)
        let start = (
            x: Double(turn.right.x + turn.down.x < 0 ? x.upperBound - 1 : x.lowerBound),
            y: Double(turn.right.y + turn.down.y < 0 ? y.upperBound - 1 : y.lowerBound)
        )
        let isTransposed = turn.right.x == 0
        let own = try grid(
            turn, start: start, columns: isTransposed ? y.count : x.count, rows: isTransposed ? x.count : y.count,
            slices: z, namesImages: namesImages)
        let found = try segmentation(own)
        let expected = try truth(x: x, y: y, z: z)
        #expect(try found.regionLabels(on: made.grid).layers.labelMap.map { flat($0) } == expected)
        #expect(flat(try found.mask(of: 2, on: made.grid)) == expected.map { $0 == 2 })
    }

    @Test func `frames beside the voxels, or beyond the slices, are refused`() throws {
        let upright = Turn(right: (1, 0), down: (0, 1))
        let cases: [(start: (x: Double, y: Double), columns: Int, distance: Double)] = [
            ((3.4, 2), 5, 0.4 * DICOMTestSlice.columnSpacing), ((3, 2.5), 5, 0.5 * DICOMTestSlice.rowSpacing),
            ((-2, 2), 5, 2 * DICOMTestSlice.columnSpacing), ((9, 2), 5, 2 * DICOMTestSlice.columnSpacing),
            ((1, 0), 12, DICOMTestSlice.columnSpacing),
        ]
        for (start, columns, distance) in cases {
            let own = try grid(upright, start: start, columns: columns, rows: 6, slices: 4..<12)
            let error = #expect(throws: RegionError.self) { try segmentation(own).regionLabels(on: made.grid) }
            guard case .offGrid(_, 0, let deviation, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(abs(deviation - distance) < 1e-3, "\(start)")
        }
        let wide = try grid(upright, start: (0, 0), columns: 13, rows: 6, slices: 4..<12)
        let error = #expect(throws: RegionError.self) { try segmentation(wide).regionLabels(on: made.grid) }
        guard case .sizeDiffers = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
