import ImageCore
import Radiology
import TestSupport
import Testing

/// Segmentations of the test data against the voxels per segment that pydicom 3.0.2 counts (fractions of 0.5 and more).
@Suite(.needsTestData) struct SegmentationCorpusTests {
    private static let numbers = [
        1: 14, 3: 23, 4: 22, 5: 30, 6: 31, 7: 28, 8: 23, 9: 32, 10: 29, 11: 25, 12: 28, 13: 27, 14: 28, 15: 20, 16: 31,
        17: 31, 18: 27, 19: 44, 20: 30,
    ]

    static let counts: [(file: String, segments: [Int: Int])] = [
        ("dicom/highdicom/seg_image_cr_binary.dcm", [1: 151]),
        ("dicom/highdicom/seg_image_ct_binary.dcm", [1: 638]),
        ("dicom/highdicom/seg_image_ct_binary_fractional.dcm", [1: 638]),
        ("dicom/highdicom/seg_image_ct_binary_overlap.dcm", [1: 64, 2: 16]),
        ("dicom/highdicom/seg_image_ct_binary_single_frame.dcm", [1: 1832]),
        ("dicom/highdicom/seg_image_ct_true_fractional.dcm", [1: 638]),
        ("dicom/highdicom/seg_image_sm_control.dcm", numbers),
        ("dicom/highdicom/seg_image_sm_control_labelmap.dcm", numbers),
        ("dicom/highdicom/seg_image_sm_control_labelmap_palette_color.dcm", numbers),
        ("dicom/highdicom/seg_image_sm_numbers.dcm", numbers),
    ]

    private static func voxels(_ image: Image<Bool>) -> Int {
        let samples = image.contiguous()
        return (0..<samples.count).reduce(0) { $0 + (samples.samples[$1] ? 1 : 0) }
    }

    @Test(arguments: counts)
    func `segments have as many voxels as pydicom counts`(file: String, segments: [Int: Int]) throws {
        let segmentation = try Segmentation(path: TestData.path(file))
        // Label maps may list the background, which is no region.
        for segment in segmentation.segments where segment.number > 0 {
            let mask = try segmentation.mask(of: segment.number)
            #expect(Self.voxels(mask) == segments[segment.number] ?? 0, "segment \(segment.number)")
        }
        #expect(Set(segments.keys).isSubset(of: segmentation.segments.map(\.number)))
    }

    @Test func `overlapping segments stand in layers of their own`() throws {
        let overlap = try Segmentation(path: TestData.path("dicom/highdicom/seg_image_ct_binary_overlap.dcm"))
        let layers = try overlap.labels().layers
        #expect(layers.map(\.regions) == [[1], [2]])
        let plain = try Segmentation(path: TestData.path("dicom/highdicom/seg_image_ct_binary.dcm"))
        #expect(try plain.labels().labelMap != nil)
    }
}
