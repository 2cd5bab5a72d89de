import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Lossy JPEG frames that are cut or damaged: what libjpeg-turbo notices is never passed over in silence.
@Suite(.needsTestData) struct DamagedJPEGTests {
    static let files = [
        "dicom/pydicom/SC_rgb_dcmtk_+eb+cr.dcm", "dicom/pydicom/SC_rgb_dcmtk_+eb+cy+s2.dcm",
        "dicom/pydicom/SC_rgb_jpeg_lossy_gdcm.dcm",
    ]

    static func object(_ file: String) throws -> (pixels: HandmadePixels, stream: [UInt8]) {
        let reader = try DICOMPixelReader(header: DICOMHeader(path: TestData.path(file)))
        guard case .fragments(let index) = reader.storage, let piece = index.pieces(of: 0).first else {
            throw FormatError(.corrupt, file: file, found: "no fragment")
        }
        let stream = try reader.source.bytes(at: piece.offset, count: piece.length)
        let pixels = HandmadePixels(
            rows: reader.format.rows, columns: reader.format.columns, samples: 3, allocated: 8, stored: 8,
            photometric: reader.format.photometric.term, syntax: "1.2.840.10008.1.2.4.50", pixels: .fragments([stream]))
        return (pixels, stream)
    }

    @Test(arguments: files) func `a stream that is cut is an error or has a remark`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        #expect(try DamagedCodestreamTests.read(pixels).defect == nil)
        for part in 1..<10 {
            pixels.pixels = .fragments([Array(stream.prefix(stream.count * part / 10))])
            #expect(throws: FormatError.self) { try DamagedCodestreamTests.read(pixels, strict: true) }
            if let read = try? DamagedCodestreamTests.read(pixels) { #expect(read.defect != nil, "part \(part)") }
        }
    }

    /// libjpeg-turbo alone, as a judge.
    static func isRefused(_ stream: [UInt8], rows: Int, columns: Int) -> Bool {
        var samples = [UInt8](repeating: 0, count: rows * columns * 3)
        var span = samples.mutableSpan
        guard let decompressor = try? JPEGDecompressor() else { return false }
        do throws(JPEGFailure) {
            try decompressor.decode(
                stream.span, output: .rgb, isStrict: false, into: &span, width: columns, height: rows,
                rowStride: columns * 3)
            return false
        } catch { return true }
    }

    @Test(arguments: files) func `wrong bytes that are noticed are an error or a remark`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        var random = SeededGenerator(seed: 31)
        var (noticed, remarks) = (0, 0)
        for _ in 0..<80 {
            var damaged = stream
            for _ in 0..<3 {
                let place = Int.random(in: stream.count / 2..<stream.count, using: &random)
                damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            }
            guard Self.isRefused(damaged, rows: pixels.rows, columns: pixels.columns) else { continue }
            noticed += 1
            pixels.pixels = .fragments([damaged])
            #expect(throws: FormatError.self) { try DamagedCodestreamTests.read(pixels, strict: true) }
            guard let read = try? DamagedCodestreamTests.read(pixels) else { continue }
            #expect(read.defect != nil)
            remarks += 1
        }
        #expect(noticed > 10 && remarks > 0)
    }
}
