import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Lossless and 12-bit JPEG that is cut or damaged: what the IJG library notices is a remark, or an error when strict.
@Suite(.needsTestData) struct DamagedLosslessJPEGTests {
    static let files = [
        "dicom/pylibjpeg/JPEGLosslessSV1/JPEGLosslessP14SV1_1s_1f_u_08_08.dcm",
        "dicom/pylibjpeg/JPEGExtended/RG2_JPLY_fixed.dcm", "dicom/pydicom/SC_rgb_jpeg_gdcm.dcm",
        "series/dicom2nifti/generic/compressed_jpeg/001/IM-0001-0001-0001.dcm",
    ]

    static func object(_ file: String) throws -> (pixels: HandmadePixels, stream: [UInt8]) {
        let reader = try LossyPixelTests.reader(file)
        let (stream, format) = (try LossyPixelTests.stream(reader), reader.format)
        let pixels = HandmadePixels(
            rows: format.rows, columns: format.columns, samples: format.samplesPerPixel,
            allocated: format.bitsAllocated, stored: format.bitsStored, photometric: format.photometric.term,
            syntax: reader.transferSyntax.uid, pixels: .fragments([stream]))
        return (pixels, stream)
    }

    /// Sequential streams whose scan headers are those of progressive ones, as by the demonstration files of WG04.
    static let oddScans = [
        "dicom/pylibjpeg/JPEGExtended/RG2_JPLY.dcm": "dicom/pylibjpeg/JPEGExtended/RG2_JPLY_fixed.dcm",
        "dicom/pydicom/JPEG-lossy.dcm": nil,
    ]

    @Test(arguments: oddScans) func `an odd scan header is no damage`(file: String, mended: String?) throws {
        let read = try DamagedCodestreamTests.read(Self.object(file).pixels, strict: true)
        #expect(read.defect == nil)
        if let mended {
            #expect(try DamagedCodestreamTests.read(Self.object(mended).pixels, strict: true).samples == read.samples)
        }
        var (pixels, stream) = try Self.object(file)
        pixels.pixels = .fragments([Array(stream.prefix(stream.count / 2)) + [0xFF, 0xD9]])
        #expect(throws: FormatError.self) { try DamagedCodestreamTests.read(pixels, strict: true) }
    }

    @Test(arguments: files) func `a stream that is cut is an error or has a remark`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        #expect(try DamagedCodestreamTests.read(pixels, strict: true).defect == nil)
        for part in 1..<10 {
            let cut = Array(stream.prefix(stream.count * part / 10))
            // An end marker behind the cut hides it from a reader that only looks for the marker.
            for damaged in [cut, cut + [0xFF, 0xD9]] {
                pixels.pixels = .fragments([damaged])
                #expect(throws: FormatError.self) { try DamagedCodestreamTests.read(pixels, strict: true) }
                if let read = try? DamagedCodestreamTests.read(pixels) { #expect(read.defect != nil, "part \(part)") }
            }
        }
    }

    /// Huffman codes often find back into step by themselves, and nothing is noticed then.
    @Test(arguments: files) func `many wrong bytes are noticed`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        let whole = try DamagedCodestreamTests.read(pixels).samples
        var random = SeededGenerator(seed: 37)
        var (wrong, noticed) = (0, 0)
        for _ in 0..<40 {
            var damaged = stream
            for _ in 0..<3 {
                let place = Int.random(in: stream.count / 2..<stream.count, using: &random)
                damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            }
            pixels.pixels = .fragments([damaged])
            let read = try? DamagedCodestreamTests.read(pixels)
            wrong += read?.samples == whole ? 0 : 1
            guard read == nil || read?.defect != nil else { continue }
            noticed += 1
            #expect(throws: FormatError.self) { try DamagedCodestreamTests.read(pixels, strict: true) }
        }
        #expect(wrong > 30 && 8 * noticed > wrong, "\(noticed) of \(wrong)")
    }
}
