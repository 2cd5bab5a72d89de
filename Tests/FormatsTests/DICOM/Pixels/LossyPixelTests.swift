import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Lossy JPEG and HTJ2K, pixel by pixel, against decoders that have nothing in common with those used.
///
/// The standards leave the rounding of the inverse transforms open: IJG's integers are within 1 of exact arithmetic, so are others. What
/// that makes in RGB is up to 1 · (1 + 1.772) in one channel; a median error shows up in the means at once.
@Suite(.needsTestData) struct LossyPixelTests {
    /// What `scripts/crosscheck/lossy_samples.py` wrote of a file's first frame.
    struct Sampled: Decodable {
        var means: [Double]
        var samples: [Int]
    }

    static let sampled: [String: Sampled] = {
        let url = TestData.packageRoot.appending(path: "Fixtures/lossy/samples.json")
        return (try? JSONDecoder().decode([String: Sampled].self, from: Data(contentsOf: url))) ?? [:]
    }()

    static func reader(_ file: String, convertsColor: Bool = true) throws -> DICOMPixelReader {
        let header = try DICOMHeader(path: TestData.path(file))
        return try DICOMPixelReader(header: header, options: DICOMPixelOptions(convertsColor: convertsColor))
    }

    @Test func `the fixture has the files`() { #expect(Self.sampled.count == 19) }

    @Test(arguments: sampled.keys.sorted()) func `samples and means are those of another decoder`(file: String) throws {
        let expected = try #require(Self.sampled[file])
        let values = try #require(integers(Self.reader(file).storedImage()))
        let channels = expected.means.count
        let pixels = values.count / channels
        let found = (0..<expected.samples.count).map { i in
            values[7919 * (i / channels) % pixels * channels + i % channels]
        }
        let worst = zip(found, expected.samples).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= 3)
        for channel in 0..<channels {
            let sum = stride(from: channel, to: values.count, by: channels).reduce(0) { $0 + values[$1] }
            #expect(abs(Double(sum) / Double(pixels) - expected.means[channel]) < 0.5)
        }
    }

    /// The bytes of the first frame's stream.
    static func stream(_ reader: DICOMPixelReader) throws -> [UInt8] {
        guard case .fragments(let index) = reader.storage else { return [] }
        var bytes: [UInt8] = []
        for piece in index.pieces(of: 0) { bytes += try reader.source.bytes(at: piece.offset, count: piece.length) }
        return bytes
    }

    /// The components as DCMTK or OpenJPEG decodes them, without any conversion.
    static func components(_ reader: DICOMPixelReader, isJPEG: Bool) throws -> [UInt8] {
        let stream = try Self.stream(reader)
        let request = FrameRequest(reader.format, reader.options, name: reader.name, frame: 0, convertsColor: false)
        var bytes = [UInt8](repeating: 0, count: reader.format.frameByteCount)
        var span = bytes.mutableSpan
        var target = unsafe span.mutableBytes
        var damage: String?
        if isJPEG {
            damage = try LibDCMTKJPEG.decode(unsafe stream.span.bytes, 8, request, into: &target)
        } else {
            damage = try LibOpenJPEG.decode(unsafe stream.span.bytes, request, into: &target)
        }
        #expect(damage == nil)
        return bytes
    }

    static func isNarrowJPEG(_ file: String) -> Bool {
        guard let reader = try? reader(file) else { return false }
        return reader.format.scalarKind == .uint8 && reader.transferSyntax.codec != .htj2k
    }

    /// Color is worked out here in double precision, by the equations of JFIF.
    @Test(arguments: sampled.keys.filter(isNarrowJPEG).sorted())
    func `every pixel is that of DCMTK`(file: String) throws {
        let reader = try Self.reader(file)
        let components = try Self.components(reader, isJPEG: true)
        let stream = try Self.stream(reader)
        let header = try #require(unsafe JPEGFrameHeader(stream.span.bytes))
        let found = try #require(integers(reader.storedImage()))
        #expect(found.count == components.count)
        var worst = 0.0
        for pixel in stride(from: 0, to: found.count, by: 3) {
            let (y, cb, cr) = (
                Double(components[pixel]), Double(components[pixel + 1]) - 128, Double(components[pixel + 2]) - 128
            )
            let color =
                header.isYBR(reader.format.photometric)
                ? [y + 1.402 * cr, y - 0.344136286 * cb - 0.714136286 * cr, y + 1.772 * cb]
                : [y, cb + 128, cr + 128]
            for channel in 0..<3 {
                worst = max(worst, abs(Double(found[pixel + channel]) - min(255, max(0, color[channel]))))
            }
        }
        #expect(worst <= 1.01, "worst \(worst)")
    }

    @Test func `every pixel of an irreversible HTJ2K stream is that of OpenJPEG within 1`() throws {
        let reader = try Self.reader("dicom/pydicom-data/HTJ2K_08_RGB.dcm")
        let expected = try Self.components(reader, isJPEG: false)
        let found = try #require(integers(reader.storedImage()))
        #expect(zip(found, expected).allSatisfy { abs($0 - Int($1)) <= 1 })
        #expect(Set(found).count > 200)
    }
}
