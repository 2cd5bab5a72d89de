import Formats
import Foundation
import Radiology
import TestSupport
import Testing

/// The distance of pixels that the regions of an ultrasound image say, in centimetres: PS3.3 C.8.5.5.
struct UltrasoundSpacingTests {
    private func region(units: Int, x: Double, y: Double) -> DICOMTestDataSet {
        var item = DICOMTestDataSet()
        for tag in [0x0018_6024, 0x0018_6026] as [UInt32] { item[tag] = .words("US", [UInt16(units)]) }
        item[0x0018_602C] = .doubles("FD", [x])
        item[0x0018_602E] = .doubles("FD", [y])
        return item
    }

    private func spacing(_ regions: [DICOMTestDataSet]) throws -> DICOMPixelSpacing? {
        var slice = DICOMTestSlice(
            index: 0, instanceUID: "2.25.81", position: nil, rowDirection: SIMD3(1, 0, 0),
            columnDirection: SIMD3(0, 1, 0))
        slice.extra = [
            0x0008_0060: .text("CS", "US"), 0x0028_0030: .text("DS", ""), 0x0018_6011: .items(regions),
        ]
        let folder = try ScratchFolder()
        _ = try folder.write(slice.file(series: "2.25.80"), to: "a")
        return try VolumeReader(folder: folder.url.path).stacks.first?.stack.spacing
    }

    @Test func `regions of tissue that agree say it, those of time and flow do not`() throws {
        let flow = region(units: 4, x: 0.004, y: 0)
        let found = try #require(try spacing([flow, region(units: 3, x: 0.05, y: -0.04)]))
        #expect(found.kind == .ultrasound)
        #expect(abs(found.xMillimetres - 0.5) < 1e-12 && abs(found.yMillimetres - 0.4) < 1e-12)
        #expect(try spacing([region(units: 3, x: 0.05, y: 0.05), region(units: 3, x: 0.06, y: 0.06)]) == nil)
        #expect(try spacing([flow]) == nil)
        #expect(try spacing([region(units: 3, x: 0, y: 0)]) == nil)
    }

    @Test(
        .needsTestData,
        arguments: [
            ("cornerstone/no-pixel-spacing.dcm", 0.3305420890260027),
            ("pydicom/examples_ybr_color.dcm", 0.5104970559477806),
        ])
    func `files say it as pydicom reads their regions`(file: String, millimetres: Double) throws {
        let reader = try VolumeReader(paths: [TestData.path("dicom/\(file)")])
        let found = try #require(reader.stacks.first?.stack.spacing)
        #expect(found.kind == .ultrasound && abs(found.xMillimetres - millimetres) < 1e-12)
    }
}
