import ImageCore
import TestSupport
import Testing

@testable import Formats

/// One image in several encodings that lose nothing gives the same samples.
@Suite(.needsTestData) struct LosslessVariantTests {
    static let sets: [[String]] = [
        [
            "dicom/cornerstone/TestPattern_RGB.dcm", "dicom/cornerstone/TestPattern_JPEG-LS-Lossless.dcm",
            "dicom/cornerstone/TestPattern_JPEG-Lossless_RGB.dcm",
        ],
        [
            "dicom/pylibjpeg/LittleEndianExplicit/emri_small.dcm", "dicom/pylibjpeg/RLELossless/emri_small_RLE.dcm",
            "dicom/pylibjpeg/JPEGLSLossless/emri_small_jpeg_ls_lossless.dcm",
            "dicom/pylibjpeg/JPEG2000Lossless/emri_small_jpeg_2k_lossless.dcm",
        ],
        [
            "dicom/pydicom/MR_small.dcm", "dicom/pydicom/MR_small_RLE.dcm", "dicom/pydicom/MR_small_bigendian.dcm",
            "dicom/pydicom/MR_small_jp2klossless.dcm", "dicom/pydicom/MR_small_jpeg_ls_lossless.dcm",
            "dicom/pydicom/MR_small_padded.dcm",
        ],
        ["dicom/pydicom/rtdose.dcm", "dicom/pydicom/rtdose_rle.dcm", "dicom/pydicom/rtdose_expb.dcm"],
        ["dicom/pydicom/liver_1frame.dcm", "dicom/pydicom/liver_expb_1frame.dcm"],
        ["dicom/pydicom-data/liver_nonbyte_aligned.dcm", "dicom/pydicom-data/liver_nonbyte_aligned_rle.dcm"],
        ["dicom/pydicom-data/SC_rgb_16bit_2frame.dcm", "dicom/pydicom/SC_rgb_rle_16bit_2frame.dcm"],
    ]

    @Test(arguments: sets) func `all variants have the same samples`(files: [String]) throws {
        let paths = files.compactMap { try? TestData.path($0) }.filter { (try? ByteSource(path: $0)) != nil }
        #expect(paths.count >= 2, "the set is there")
        let images = try paths.map { path in
            let header = try DICOMHeader(path: path)
            let reader = try DICOMPixelReader(header: header)
            return try (0..<reader.format.frameCount).map { frame in
                let image = try reader.storedImage(frame: frame)
                return try DICOMPalette(header.dataSet).map { try #require($0.expanded(image)) } ?? image
            }
        }
        for (path, image) in zip(paths, images).dropFirst() {
            #expect(image.count == images[0].count)
            #expect(zip(image, images[0]).allSatisfy { integers($0) == integers($1) }, "\(path)")
        }
    }
}
