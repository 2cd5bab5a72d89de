import Formats
import ImageCore
import TestSupport
import Testing

/// Where a single DICOM file that is read as a picture lies.
struct DICOMReaderGeometryTests {
    private func geometry(_ extra: [UInt32: DICOMTestDataSet.Value], at position: SIMD3<Double>?) throws -> Geometry? {
        var slice = DICOMTestSlice(
            index: 0, instanceUID: "2.25.3", position: position, rowDirection: SIMD3(0, 1, 0),
            columnDirection: SIMD3(0, 0, -1))
        slice.extra = extra
        let folder = try ScratchFolder()
        let path = try folder.write(slice.file(series: "2.25.4"), to: "a.dcm")
        return try FormatTable.standard.readImage(path: path).geometry
    }

    @Test func `a picture is placed where its file says where it lies`() throws {
        let placed = try #require(try geometry([:], at: SIMD3(3, 4, 5)))
        #expect(placed.isPlaced && placed.originMillimetres == SIMD3(3, 4, 5))
        #expect(placed.direction.x == SIMD3(0, 1, 0) && placed.direction.z == SIMD3(-1, 0, 0))
        #expect(placed.spacingMillimetres.x == 2 && placed.spacingMillimetres.y == 4)
        let without = try #require(try geometry([:], at: nil))
        #expect(!without.isPlaced && without.spacingMillimetres.y == 4)
        let stretched = try #require(
            try geometry([0x0020_0037: .decimals([1, 0, 0, 0, 2, 0])], at: SIMD3(3, 4, 5)))
        #expect(!stretched.isPlaced && stretched.spacingMillimetres.x == 2)
        #expect(try geometry([0x0028_0030: .text("DS", "")], at: SIMD3(3, 4, 5)) == nil)
    }
}
