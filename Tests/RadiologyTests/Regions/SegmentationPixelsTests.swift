import Formats
import TestSupport
import Testing

@testable import Radiology

/// Big-endian pixel data: as words, each pair of bytes stands the other way round (PS3.5, section 8.1.1 and annex A.3).
struct SegmentationPixelsTests {
    /// Two frames of 3 x 3 pixels, so that the second begins within a word.
    private func pixels(bits: UInt8, vr: String, _ value: [UInt8]) throws -> SegmentationPixels {
        func short(_ element: [UInt8], _ number: UInt8) -> [UInt8] {
            [0, 0x28] + element + Array("US".utf8) + [0, 2, 0, number]
        }
        var file = DICOMTestFile(DICOMTestDataSet())
        file.transferSyntax = "1.2.840.10008.1.2.2"
        let frames = [0, 0x28, 0, 0x08] + Array("IS".utf8) + [0, 2] + Array("2 ".utf8)
        let sizes = short([0, 0x10], 3) + short([0, 0x11], 3) + short([1, 0], bits)
        let data = [0x7F, 0xE0, 0, 0x10] + Array(vr.utf8) + [0, 0, 0, 0, 0, UInt8(value.count)] + value
        let header = try DICOMHeader(source: ByteSource(bytes: file.bytes + short([0, 2], 1) + frames + sizes + data))
        #expect(header.transferSyntax.isBigEndian)
        return try SegmentationPixels(header, limits: .standard)
    }

    private func frames(_ pixels: SegmentationPixels) throws -> [[UInt16]] {
        try (0..<2).map { frame in
            var values = [UInt16](repeating: 0, count: 9)
            try pixels.read(frame, into: &values)
            return values
        }
    }

    @Test func `fractions in words and in bytes`() throws {
        let expected = [Array(1...9), Array(10...18)] as [[UInt16]]
        let swapped = stride(from: UInt8(1), to: 18, by: 2).flatMap { [$0 + 1, $0] }
        #expect(try frames(pixels(bits: 8, vr: "OW", swapped)) == expected)
        #expect(try frames(pixels(bits: 8, vr: "OB", Array(1...18))) == expected)
    }

    @Test func `bits in words and in bytes`() throws {
        // Lowest bit first: 1 0 0 0 0 0 0 1 1, then 0 1 1 0 0 0 0 0 1.
        let bytes: [UInt8] = [0b1000_0001, 0b0000_1101, 0b10, 0]
        let expected: [[UInt16]] = [[1, 0, 0, 0, 0, 0, 0, 1, 1], [0, 1, 1, 0, 0, 0, 0, 0, 1]]
        #expect(try frames(pixels(bits: 1, vr: "OB", bytes)) == expected)
        #expect(try frames(pixels(bits: 1, vr: "OW", [bytes[1], bytes[0], bytes[3], bytes[2]])) == expected)
    }
}
