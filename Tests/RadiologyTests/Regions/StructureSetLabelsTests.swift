import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Contours on the slices of a grid, against voxels that are known.
@Suite struct StructureSetLabelsTests {
    private let scene = RegionScene()

    @Test func `a voxel is inside when its center is, half-open`() throws {
        // From center to center: the left and top lines of centers are inside, the right and bottom ones are not.
        let labels = try scene.labels([RegionScene.contour(RegionScene.box(3...7, 5...8), z: 2)])
        let exact = labels.voxels(1)
        #expect(exact.isSuperset(of: Voxel.box(4...6, 6...7, 2...2)))
        #expect(Voxel.box(3...7, 5...8, 2...2).isSuperset(of: exact))
        let clear = try scene.labels([RegionScene.contour(RegionScene.box(2.6...7.4, 4.7...8.3), z: 2)])
        #expect(clear.voxels(1) == Voxel.box(3...7, 5...8, 2...2) && clear.kinds.isEmpty)
    }

    @Test func `a ring within a ring is a hole, and one within that is inside again`() throws {
        let labels = try scene.labels([
            RegionScene.contour(RegionScene.box(1.5...14.5, 1.5...14.5), z: 1),
            RegionScene.contour(RegionScene.box(4.5...10.5, 4.5...10.5), z: 1),
            RegionScene.contour(RegionScene.box(6.5...8.5, 6.5...8.5), z: 1),
        ])
        let hole = Voxel.box(5...10, 5...10, 1...1).subtracting(Voxel.box(7...8, 7...8, 1...1))
        #expect(labels.voxels(1) == Voxel.box(2...14, 2...14, 1...1).subtracting(hole))
    }

    @Test func `a keyhole is a hole`() throws {
        // Along the outer ring, through the slit to the inner ring, around it, and back through the slit.
        let outer = RegionScene.box(1.5...14.5, 1.5...14.5)
        let inner = RegionScene.box(4.5...10.5, 4.5...10.5)
        let ring =
            [(8.25, 1.5), outer[1], outer[2], outer[3], outer[0], (8.25, 1.5), (8.25, 4.5)]
            + [inner[0], inner[3], inner[2], inner[1], (8.25, 4.5)]
        let labels = try scene.labels([RegionScene.contour(ring, z: 3)])
        #expect(labels.voxels(1) == Voxel.box(2...14, 2...14, 3...3).subtracting(Voxel.box(5...10, 5...10, 3...3)))
    }

    @Test func `overlapping contours of one region cancel, those of two stand in layers`() throws {
        let first = RegionScene.contour(RegionScene.box(1.5...8.5, 1.5...8.5), z: 0)
        let second = RegionScene.contour(RegionScene.box(5.5...12.5, 5.5...12.5), z: 0)
        let (one, other) = (Voxel.box(2...8, 2...8, 0...0), Voxel.box(6...12, 6...12, 0...0))
        let exclusive = try scene.labels([first, second])
        #expect(exclusive.voxels(1) == one.symmetricDifference(other))
        let apart = try scene.labels([first], [second])
        #expect(apart.voxels(1) == one && apart.voxels(2) == other)
        #expect(apart.layers.layers.map(\.regions) == [[1], [2]] && exclusive.layers.labelMap != nil)
    }

    @Test func `the same contour twice counts once`() throws {
        // In pixels of 0.8 × 1.1 mm; the last corner makes the box a shape whose start and direction can be told.
        let corners = RegionScene.box(1.5...8.5, 1.5...8.5) + [(1.5, 4)]
        let expected = Voxel.box(2...8, 2...8, 0...0)
        let copies = [
            corners, Array(corners.reversed()), Array(corners[2...] + corners[..<2]),
            Array((corners[3...] + corners[..<3]).reversed()), corners.map { ($0.0 + 0.009 / 0.8, $0.1) },
        ]
        for copy in copies {
            let labels = try scene.labels([RegionScene.contour(corners, z: 0), RegionScene.contour(copy, z: 0)])
            #expect(labels.voxels(1) == expected && labels.kinds == ["duplicateContour"])
        }
        let all = try scene.labels(copies.map { RegionScene.contour($0, z: 0) })
        #expect(all.voxels(1) == expected && all.kinds == ["duplicateContour"])
        // Other corners in the same box, and the same corners farther off, are other contours.
        for other in [RegionScene.box(1.5...8.5, 1.5...8.5) + [(4, 1.5)], corners.map { ($0.0 + 0.1, $0.1) }] {
            let labels = try scene.labels([RegionScene.contour(corners, z: 0), RegionScene.contour(other, z: 0)])
            #expect(!labels.kinds.contains("duplicateContour") && labels.voxels(1) != expected)
        }
    }

    @Test func `the same contour twice in an oblique plane counts once`() throws {
        // A parallelogram that rises by three slices along the columns.
        let corners = [(2.5, 3.5, 1.0), (20.5, 3.5, 1.0), (20.5, 18.5, 4.0), (2.5, 18.5, 4.0)]
            .map { RegionScene.point($0.0, $0.1, $0.2) }
        let once = try scene.labels([RegionContour(closed: corners)])
        let twice = try scene.labels([
            RegionContour(closed: corners), RegionContour(closed: Array((corners[1...] + corners[..<1]).reversed())),
        ])
        #expect(!once.voxels(1).isEmpty && twice.voxels(1) == once.voxels(1))
        #expect(twice.kinds == (once.kinds + ["duplicateContour"]).sorted())
    }

    @Test func `the reference says which slice, and the position where there is none`() throws {
        let box = RegionScene.box(1.5...3.5, 1.5...3.5)
        let labels = try scene.labels([
            RegionScene.contour(box, z: 2.3, image: "2.25.102"), RegionScene.contour(box, z: 4.4),
            RegionScene.contour(box, z: 6, image: "2.25.999"),
        ])
        #expect(labels.voxels(1) == [2, 4, 6].reduce(into: Set()) { $0.formUnion(Voxel.box(2...3, 2...3, $1...$1)) })
        #expect(labels.kinds == ["skippedSlices", "unknownImage"])
        let between = RegionScene.contour(box, z: 8, image: "2.25.999")
        #expect(try scene.labels([between]).defects.first { $0.kind == .noSlice }?.severity == .error)
        let contradiction = try scene.labels([RegionScene.contour(box, z: 5.1, image: "2.25.102")])
        #expect(contradiction.voxels(1) == Voxel.box(2...3, 2...3, 2...2))
        #expect(contradiction.kinds == ["contradictoryPlace"])
    }

    @Test func `a contour where a slice is missing is told, not moved`() throws {
        let box = RegionScene.box(1.5...3.5, 1.5...3.5)
        let gap = RegionScene(slices: [0, 1, 2, 4, 5])
        let labels = try gap.labels([2, 3, 4].map { RegionScene.contour(box, z: $0) })
        #expect(labels.voxels(1) == Voxel.box(2...3, 2...3, 2...3))
        #expect(labels.kinds == ["noSlice"] && labels.defects.first?.severity == .error)
        let outside = try scene.labels([RegionScene.contour(box, z: -0.6), RegionScene.contour(box, z: 30)])
        #expect(outside.voxels(1).isEmpty && outside.defects.first?.count == 2)
    }

    @Test func `of several planes within a slice the nearest is painted`() throws {
        let contours = stride(from: -0.4, through: 3.4, by: 0.2).map { z in
            RegionScene.contour(RegionScene.box(1.5...8.5 + z, 1.5...8.5), z: z)
        }
        let labels = try scene.labels(contours)
        let expected = (0...3).reduce(into: Set<Voxel>()) { $0.formUnion(Voxel.box(2...(8 + $1), 2...8, $1...$1)) }
        #expect(labels.voxels(1) == expected && labels.kinds == ["secondPlane"])
    }

    @Test func `what encloses nothing is listed and not filled`() throws {
        let corners = RegionScene.box(1.5...8.5, 1.5...8.5).map { RegionScene.point($0.0, $0.1, 1) }
        let labels = try scene.labels([
            RegionContour(kind: .open, type: "OPEN_PLANAR", place: .patient(corners)),
            RegionContour(kind: .points, type: "POINT", place: .patient([corners[0]])),
            RegionContour(closed: Array(corners.prefix(2))),
        ])
        #expect(labels.voxels(1).isEmpty && labels.kinds == ["noVoxels", "notFilled", "tooFewPoints"])
        #expect(try scene.labels([RegionContour]()).kinds == ["noContours"])
        let tiny = [RegionScene.contour(RegionScene.box(2.2...2.4, 2.2...2.4), z: 1)]
        #expect(try scene.labels(tiny).kinds == ["noVoxels"])
        // A contour too small for a voxel takes nothing away from another one on its slice.
        let both = try scene.labels(tiny + [RegionScene.contour(RegionScene.box(1.5...8.5, 1.5...8.5), z: 1)])
        #expect(both.voxels(1) == Voxel.box(2...8, 2...8, 1...1))
    }

    @Test func `a region of another frame of reference is left out, or told where it lies on the images that it names`()
        throws
    {
        let box = RegionScene.box(1.5...3.5, 1.5...3.5)
        let named = RegionScene.contour(box, z: 2, image: "2.25.102")
        let cases: [(contours: [RegionContour], severity: SeriesDefect.Severity)] = [
            ([RegionScene.contour(box, z: 2)], .error), ([named], .warning),
            // One that names no image of the series, and one that lies elsewhere.
            ([named, RegionScene.contour(box, z: 3)], .error),
            ([named, RegionScene.contour(box, z: 3, image: "2.25.999")], .error),
            ([RegionScene.contour(box, z: 4, image: "2.25.102")], .error),
        ]
        for (contours, severity) in cases {
            var region = StructureSet.Region(number: 1, name: "r", contours: contours)
            region.frameOfReferenceUID = "2.25.4"
            let labels = try scene.labels([region])
            #expect(labels.kinds == ["frameOfReference"] && labels.defects[0].severity == severity)
            #expect(labels.defects[0].message.contains("2.25.4, the series in 2.25.3"))
            #expect(labels.voxels(1) == (severity == .error ? [] : Voxel.box(2...3, 2...3, 2...2)))
        }
    }

    @Test func `numbers that cannot be labels become 1, 2, 3`() throws {
        let contours = [RegionScene.contour(RegionScene.box(1.5...3.5, 1.5...3.5), z: 2)]
        for numbers in [[0, 5], [7, 7], [-3, 70000]] {
            let regions = numbers.map { StructureSet.Region(number: $0, name: "r", contours: contours) }
            let labels = try scene.labels(regions)
            #expect(labels.regions.map(\.label) == [1, 2] && labels.kinds == ["renumbered"])
            #expect(labels.regions.map { $0.numberInFile ?? $0.label } == numbers)
        }
        let plain = try scene.labels([StructureSet.Region(number: 400, name: "r", contours: contours)])
        #expect(plain.regions.map(\.label) == [400] && plain.layers.volumes()[0].kind == .uint16)
    }

    @Test func `points beyond all images are refused`() throws {
        let far = RegionContour(closed: [SIMD3(0, 0, -100), SIMD3(1e300, 0, -100), SIMD3(0, 1e300, -100)])
        let labels = try scene.labels([far])
        #expect(labels.voxels(1).isEmpty && labels.defects.contains { $0.severity == .error })
    }

    @Test(arguments: [VolumePolicy.faithful, .keepIrregular])
    func `contours are not painted on slices that are not parallel`(policy: VolumePolicy) throws {
        let folder = try ScratchFolder()
        try RotatingSlices().write(to: folder)
        let reader = try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy))
        let (series, stack) = try reader.onlyStack()
        let first = try #require(RotatingSlices().slices.first)
        // In the plane of the first slice, and on the second one by its reference.
        let corners = [(2.0, 2.0), (8, 2), (8, 20), (2, 20)].compactMap { x, y in
            first.position.map { $0 + first.rowDirection * x + first.columnDirection * y }
        }
        let image = SegmentationSource(sopInstanceUID: RotatingSlices().slices[1].instanceUID)
        let region = StructureSet.Region(
            number: 1, name: "r", contours: [RegionContour(closed: corners, sources: [image])])
        let set = StructureSet(name: "test", regions: [region])
        for grid in [
            SliceGrid(stack, of: series), try SliceGrid(stack, of: series, policy: policy),
            SliceGrid(try reader.volume(stack, of: series)),
        ] {
            let error = #expect(throws: RegionError.self) { try set.labels(on: grid) }
            #expect(error == .gridWithoutGeometry(file: "test"))
        }
    }
}
