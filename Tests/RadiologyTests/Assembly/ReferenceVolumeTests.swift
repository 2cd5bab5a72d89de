import Formats
import ImageCore
import Radiology
import TestSupport
import Testing

/// Series of the test data against the NIfTI files that others made of them: every voxel, and where it lies.
@Suite(.needsTestData) struct ReferenceVolumeTests {
    static let references: [(series: String, reference: String)] = [
        ("dicom2nifti/failing/slicecount/001", "dicom2nifti/failing/slicecount/001_ground_truth.nii.gz"),
        ("dicom2nifti/ge/anatomical/001", "dicom2nifti/ge/anatomical/001_ground_truth.nii.gz"),
        ("dicom2nifti/generic/anatomical/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
        (
            "dicom2nifti/generic/anatomical/002_non_isotropic",
            "dicom2nifti/generic/anatomical/002_non_isotropic_ground_truth.nii.gz"
        ),
        ("dicom2nifti/hitachi/anatomical/001", "dicom2nifti/hitachi/anatomical/001_ground_truth.nii.gz"),
        ("dicom2nifti/philips_enhanced/fmri/001", "dicom2nifti/philips_enhanced/fmri/001_ground_truth.nii.gz"),
        ("ibsi_STS_002/dicom/STS_002/PET/image", "ibsi_STS_002/nifti/STS_002/PET_image.nii.gz"),
        ("dcm_qa_nih/In/20180918GE/mr_0004", "dcm_qa_nih/Ref/DCM2NIIX_regression_test_4.nii"),
        ("dcm_qa_nih/In/20180918Si/mr_0003", "dcm_qa_nih/Ref/EPI_PE=AP_3.nii"),
        ("dcm_qa_nih/In/20180918Si/mr_0004", "dcm_qa_nih/Ref/EPI_PE=PA_4.nii"),
        ("dcm_qa_12bit/In/12bitUnsigned.dcm", "dcm_qa_12bit/Ref/2.nii"),
        ("dcm_qa_12bit/In/12bitUnsigned_0x0F0F.dcm", "dcm_qa_12bit/Ref/3.nii"),
        ("dcm_qa_12bit/In/12bitSigned_0x0F0F.dcm", "dcm_qa_12bit/Ref/4.nii"),
    ]

    @Test(arguments: references)
    func `a series has the voxels of its reference where the reference has them`(
        series: String, reference: String
    ) throws {
        var options = VolumeOptions()
        options.padding = .rescaled
        let volume = try VolumeReader(paths: [TestData.path("series/\(series)")], options: options).volume()
        let other = try NIfTIReader(ByteSource(path: TestData.path("series/\(reference)"))).readFrame()
        let (ours, theirs) = (Voxels(volume.image), Voxels(other))
        #expect(ours.count == theirs.count && ours.places == theirs.places)
        let (from, to) = (try #require(other.geometry), try #require(volume.geometry))
        var (off, differing) = (0.0, 0)
        for z in 0..<theirs.depth {
            for y in 0..<theirs.height {
                for x in 0..<theirs.width {
                    let place = from.position(x: Double(x), y: Double(y), z: Double(z))
                    let index = try #require(to.index(at: place))
                    let nearest = SIMD3(index.x.rounded(), index.y.rounded(), index.z.rounded())
                    off = max(off, ((index - nearest) * (index - nearest)).sum())
                    for t in 0..<theirs.places {
                        let (mine, his) = (
                            ours.value(t, nearest), theirs.value(t, SIMD3(Double(x), Double(y), Double(z)))
                        )
                        if abs(mine - his) > 1e-6 * max(1, abs(his)) { differing += 1 }
                    }
                }
            }
        }
        #expect(off < 1e-4, "voxels lie at the places of voxels")
        #expect(differing == 0)
    }

    /// Samples by volume and index.
    private struct Voxels {
        let image: Image<Float>
        let (places, depth, height, width): (Int, Int, Int, Int)

        init(_ any: AnyImage) {
            image = any.converted(to: Float.self).contiguous()
            let sizes = image.sizes
            (depth, height, width) = (sizes[sizes.count - 3], sizes[sizes.count - 2], sizes[sizes.count - 1])
            places = sizes.dropLast(3).reduce(1, *)
        }

        var count: Int { image.count }

        func value(_ place: Int, _ index: SIMD3<Double>) -> Float {
            guard index.x >= 0, index.y >= 0, index.z >= 0, Int(index.x) < width, Int(index.y) < height,
                Int(index.z) < depth
            else { return .nan }
            return image.samples[((place * depth + Int(index.z)) * height + Int(index.y)) * width + Int(index.x)]
        }
    }
}
