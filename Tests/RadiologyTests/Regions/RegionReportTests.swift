import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Spatial coordinates of reports, against voxels that are known or follow from the shapes' equations.
@Suite struct RegionReportTests {
    private let scene = RegionScene(frameOfReference: "2.25.1001")

    private func report(_ groups: [DICOMTestDataSet]) throws -> RegionReport {
        let bytes = DICOMTestFile(DICOMTestRegions.report(groups)).bytes
        return try RegionReport(DICOMHeader(source: ByteSource(bytes: bytes, name: "report")))
    }

    private func voxels(_ items: [DICOMTestDataSet]) throws -> Set<Voxel> {
        try report([DICOMTestRegions.group("one", items)]).labels(on: scene.grid).voxels(1)
    }

    private func slice(_ z: Int, _ contains: (Double, Double) -> Bool) -> Set<Voxel> {
        // The center of pixel i of an image is at i + 0.5.
        Voxel.box(0...29, 0...23, z...z).filter { contains(Double($0.x) + 0.5, Double($0.y) + 0.5) }
    }

    @Test func `a closed polyline and a multipoint of an image`() throws {
        let line = DICOMTestRegions.coordinates(
            "POLYLINE", [2, 3, 9, 3, 9, 8, 2, 8, 2, 3], image: "2.25.103")
        #expect(try voxels([line]) == Voxel.box(2...8, 3...7, 3...3))
        let open = DICOMTestRegions.coordinates("POLYLINE", [2, 3, 9, 3, 9, 8, 2, 8], image: "2.25.103")
        let points = DICOMTestRegions.coordinates("MULTIPOINT", [2, 3, 9, 3], image: "2.25.103")
        let labels = try report([DICOMTestRegions.group("one", [open, points])]).labels(on: scene.grid)
        #expect(labels.voxels(1).isEmpty && labels.kinds == ["notFilled"])
    }

    @Test func `a circle by its center and a point on it`() throws {
        let circle = DICOMTestRegions.coordinates("CIRCLE", [12.25, 11.75, 12.25, 17.125], image: "2.25.104")
        let expected = slice(4) { x, y in
            (x - 12.25) * (x - 12.25) + (y - 11.75) * (y - 11.75) < 5.375 * 5.375
        }
        #expect(try voxels([circle]) == expected && expected.count > 80)
    }

    @Test func `an ellipse by the ends of its axes`() throws {
        // Half axes (6, 2) and (-1.5, 4.5) about (14.3, 12.2).
        let (a, b) = (SIMD2(6.0, 2), SIMD2(-1.5, 4.5))
        let ends: [Float] = [20.3, 14.2, 8.3, 10.2, 12.8, 16.7, 15.8, 7.7]
        let ellipse = DICOMTestRegions.coordinates("ELLIPSE", ends, image: "2.25.104")
        let expected = slice(4) { x, y in
            let away = SIMD2(x - 14.3, y - 12.2)
            let (s, t) = ((away * a).sum() / (a * a).sum(), (away * b).sum() / (b * b).sum())
            return s * s + t * t < 1
        }
        #expect(try voxels([ellipse]) == expected && expected.count > 80)
    }

    @Test func `polygons and ellipsoids of the patient`() throws {
        let corners = [(1.5, 2.5), (7.5, 2.5), (7.5, 9.5), (1.5, 9.5), (1.5, 2.5)].map { x, y in
            RegionScene.point(x, y, 5)
        }
        let polygon = DICOMTestRegions.coordinates(
            "POLYGON", corners.flatMap { [Float($0.x), Float($0.y), Float($0.z)] })
        #expect(try voxels([polygon]) == Voxel.box(2...7, 3...9, 5...5))
        let center = RegionScene.point(15.2, 11.4, 3.3)
        let (x, y, z) = (
            RegionScene.orientation.x * 7.3, RegionScene.orientation.y * 6.1, RegionScene.orientation.normal * 5.4
        )
        let ends = [center - x, center + x, center - y, center + y, center - z, center + z]
        let ellipsoid = DICOMTestRegions.coordinates(
            "ELLIPSOID", ends.flatMap { [Float($0.x), Float($0.y), Float($0.z)] })
        let expected = Voxel.box(0...29, 0...23, 0...7).filter { voxel in
            let (i, j, k) = (
                (Double(voxel.x) - 15.2) * 0.8 / 7.3, (Double(voxel.y) - 11.4) * 1.1 / 6.1,
                (Double(voxel.z) - 3.3) * RegionScene.step / 5.4
            )
            return i * i + j * j + k * k <= 1
        }
        #expect(try voxels([ellipsoid]) == expected && expected.count > 300)
    }

    @Test func `groups are regions with their tracking and finding, overlaps stand in layers`() throws {
        func box(_ low: Float, _ high: Float) -> DICOMTestDataSet {
            DICOMTestRegions.coordinates(
                "POLYLINE", [low, low, high, low, high, high, low, high, low, low], image: "2.25.101")
        }
        let found = try report([
            DICOMTestRegions.group("first", [box(2, 8), box(5, 11)]), DICOMTestRegions.group("none", []),
            DICOMTestRegions.group("second", [box(4, 6)]), box(15, 18),
        ])
        #expect(found.regions.map(\.trackingID) == ["first", "second", nil])
        #expect(found.regions.first?.finding?.meaning == "Nodule")
        let labels = try found.labels(on: scene.grid)
        // Several contours of a region are united, unlike those of a structure set.
        #expect(labels.voxels(1) == Voxel.box(2...7, 2...7, 1...1).union(Voxel.box(5...10, 5...10, 1...1)))
        #expect(labels.voxels(2) == Voxel.box(4...5, 4...5, 1...1))
        #expect(labels.layers.layers.map(\.regions) == [[1, 3], [2]])
    }

    @Test func `a region may be a segment of a segmentation`() throws {
        let path = TestData.packageRoot.appending(path: "Fixtures/regions/binary.dcm").path
        let segmentation = try Segmentation(path: path)
        var reference = DICOMTestDataSet()
        reference[0x0008_1150] = .text("UI", "1.2.840.10008.5.1.4.1.1.66.4")
        reference[0x0008_1155] = .text("UI", segmentation.sopInstanceUID)
        reference[0x0062_000B] = .words("US", [2])
        var item = DICOMTestRegions.content("IMAGE", DICOMTestRegions.code("121191", "DCM", "Referenced Segment"))
        item[0x0008_1199] = .items([reference])
        let found = try report([DICOMTestRegions.group("one", [item])])
        let grid = segmentation.ownGrid()
        let labels = try found.labels(on: grid, segmentations: [segmentation])
        #expect(labels.voxels(1).count == 180 && labels.defects.isEmpty)
        #expect(try found.labels(on: grid).kinds == ["missingSegment"])
        #expect(try found.labels(on: scene.grid, segmentations: [segmentation]).kinds == ["missingSegment"])
    }

    @Test func `what is wrong is one line`() throws {
        let bad = [
            DICOMTestRegions.coordinates("CIRCLE", [1, 2, 3], image: "2.25.101"),
            DICOMTestRegions.coordinates("CIRCLE", [1, 2, 3, 4, 5, 6], image: "2.25.101"),
            DICOMTestRegions.coordinates("SPIRAL", [1, 2, 3, 4], image: "2.25.101"),
            DICOMTestRegions.coordinates("CIRCLE", [1, .nan, 3, 4], image: "2.25.101"),
        ]
        for item in bad {
            let found = try report([DICOMTestRegions.group("one", [item])])
            #expect(found.defects.map(\.kind) == [.invalidContour] && found.regions.map(\.contours) == [[]])
        }
        let elsewhere = DICOMTestRegions.coordinates("CIRCLE", [5, 5, 9, 5], image: "2.25.999")
        let labels = try report([DICOMTestRegions.group("one", [elsewhere])]).labels(on: scene.grid)
        #expect(labels.kinds == ["noSlice", "noVoxels"])
    }
}
