import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Bits, bytes and colors of uncompressed pixels; the expected values are worked out by hand.
@Suite struct StoredValueTests {
    @Test func `values are shifted, masked and sign-extended`() throws {
        let words: [UInt16] = [0x0FFF, 0xF801, 0x07FF, 0xF000]
        var pixels = HandmadePixels(stored: 12, pixels: .words("OW", words))
        #expect(try pixels.values() == [0xFFF, 0x801, 0x7FF, 0])
        pixels.isSigned = true
        #expect(try pixels.values() == [-1, -2047, 2047, 0])
        pixels.highBit = 15
        #expect(try pixels.values() == [0x0FF, -128, 0x07F, -256])
        pixels.isSigned = false
        #expect(try pixels.values() == [0x0FF, 0xF80, 0x07F, 0xF00])
    }

    @Test(arguments: [1, 7, 8]) func `values of up to 8 bits`(stored: Int) throws {
        let pixels = HandmadePixels(
            allocated: 8, stored: stored, isSigned: true, pixels: .bytes("OB", [0xFF, 0x80, 0x7F, 0x41]))
        let expected = [1: [-1, 0, -1, -1], 7: [-1, 0, -1, -63], 8: [-1, -128, 127, 65]]
        #expect(try pixels.values() == expected[stored])
        #expect(try pixels.reader().format.scalarKind == .int8)
    }

    @Test func `32 bits allocated, 20 stored`() throws {
        let pixels = HandmadePixels(
            allocated: 32, stored: 20, isSigned: true, pixels: .longs("OW", [0xFFF_80000, 0x0007_FFFF, 1, 0xFFF0_0000]))
        #expect(try pixels.values() == [-524_288, 524_287, 1, 0])
    }

    @Test func `12 bits allocated are packed without gaps`() throws {
        let pixels = HandmadePixels(
            allocated: 12, stored: 12, pixels: .bytes("OB", [0x21, 0x43, 0x65, 0x87, 0xA9, 0xCB]))
        #expect(try pixels.values() == [0x321, 0x654, 0x987, 0xCBA])
    }

    @Test func `single bits run on over frames`() throws {
        // Frames of 9 bits: the second begins inside of a byte.
        let pixels = HandmadePixels(
            rows: 3, columns: 3, allocated: 1, stored: 1, frames: 2,
            pixels: .bytes("OB", [0b1010_0101, 0b0000_0111, 0b10]))
        #expect(try pixels.values(frame: 0) == [1, 0, 1, 0, 0, 1, 0, 1, 1])
        #expect(try pixels.values(frame: 1) == [1, 1, 0, 0, 0, 0, 0, 0, 1])
    }

    @Test func `many single bits at any offset are those of a plain loop`() throws {
        var generator = SeededGenerator(seed: 7)
        let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for offset in 0..<9 {
            var output = [UInt8](repeating: 9, count: 100)
            var span = output.mutableSpan
            var target = unsafe span.mutableBytes
            unsafe NativeSamples.unpackBits(bytes.span.bytes, bitOffset: offset, count: 100, into: &target)
            #expect(output == (0..<100).map { bytes[(offset + $0) / 8] >> UInt8((offset + $0) % 8) & 1 })
        }
    }

    @Test func `planes become pixels`() throws {
        let pixels = HandmadePixels(
            rows: 1, samples: 3, allocated: 8, stored: 8, photometric: "RGB", planar: 1,
            pixels: .bytes("OB", [1, 2, 3, 4, 5, 6]))
        #expect(try pixels.values() == [1, 3, 5, 2, 4, 6])
    }

    @Test func `shared color differences are repeated, and stay as stored when asked`() throws {
        var pixels = HandmadePixels(
            rows: 1, samples: 3, allocated: 8, stored: 8, photometric: "YBR_FULL_422",
            pixels: .bytes("OB", [81, 145, 90, 240]))
        #expect(try pixels.values(DICOMPixelOptions(convertsColor: false)) == [81, 90, 240, 145, 90, 240])
        // 81 + 1.402 · 112 = 238.02; 81 − 0.344136 · −38 − 0.714136 · 112 = 14.09; 81 + 1.772 · −38 = 13.66
        #expect(try pixels.values().prefix(3) == [238, 14, 14])
        pixels.photometric = "YBR_FULL"
        pixels.pixels = .bytes("OB", [81, 90, 240, 128, 128, 128])
        #expect(try pixels.values() == [238, 14, 14, 128, 128, 128])
        // Luma 16 and 235 are black and white of the partial range.
        pixels.photometric = "YBR_PARTIAL_422"
        pixels.pixels = .bytes("OB", [16, 235, 128, 128])
        #expect(try pixels.values() == [0, 0, 0, 255, 255, 255])
    }

    @Test func `every color of the full range is the rounded one`() throws {
        let conversion = YBRConversion(isPartialRange: false)
        for y in stride(from: 0, through: 255, by: 5) {
            for cb in stride(from: 0, through: 255, by: 3) {
                for cr in stride(from: 0, through: 255, by: 7) {
                    let (luma, blueness, redness) = (Double(y), Double(cb) - 128, Double(cr) - 128)
                    let exact = [
                        luma + 1.402 * redness, luma - 0.344136286 * blueness - 0.714136286 * redness,
                        luma + 1.772 * blueness,
                    ]
                    let found = conversion(UInt8(y), UInt8(cb), UInt8(cr))
                    for (value, wanted) in zip([found.red, found.green, found.blue], exact) {
                        #expect(abs(Double(value) - max(0, min(255, wanted))) < 0.501)
                    }
                }
            }
        }
    }

    @Test func `short data is filled with 0, or refused`() throws {
        let pixels = HandmadePixels(frames: 2, pixels: .words("OW", [1, 2, 3, 4, 5]))
        let reader = try pixels.reader()
        #expect(reader.defects == [DICOMPixelDefect(.shortData(expected: 16, found: 10))])
        #expect(try pixels.values(frame: 0) == [1, 2, 3, 4])
        #expect(try pixels.values(frame: 1) == [5, 0, 0, 0])
        #expect(throws: FormatError.self) { try pixels.reader(DICOMPixelOptions(isStrict: true)) }
        let missing = HandmadePixels(frames: 3, pixels: .words("OW", [1, 2, 3, 4]))
        #expect(throws: FormatError.self) { try missing.values(frame: 1) }
    }

    @Test(arguments: [nil, .words("US", []), .words("US", [2]), .text("CS", "A")] as [DICOMTestDataSet.Value?])
    func `gray values without a sign that is known are refused`(sign: DICOMTestDataSet.Value?) throws {
        var pixels = HandmadePixels(pixels: .words("OW", [1, 2, 3, 4]))
        if let sign { pixels.more[0x0028_0103] = sign } else { pixels.absent = [0x0028_0103] }
        let error = #expect(throws: FormatError.self) { try pixels.reader() }
        #expect(error?.code == .corrupt && error?.place == "(0028,0103)", "\(error?.description ?? "none")")
    }

    @Test func `colors do without a sign, but not with a wrong one`() throws {
        var pixels = HandmadePixels(
            rows: 1, columns: 1, samples: 3, allocated: 8, stored: 8, photometric: "RGB",
            pixels: .bytes("OB", [200, 100, 7]))
        pixels.absent = [0x0028_0103]
        #expect(try pixels.values() == [200, 100, 7])
        pixels.absent = []
        pixels.more[0x0028_0103] = .words("US", [2])
        #expect(throws: FormatError.self) { try pixels.reader() }
    }

    @Test func `padding is a range of stored values`() throws {
        var pixels = HandmadePixels(isSigned: true, pixels: .words("OW", [0xFA24, 0xF830, 0, 0xF82F]))
        pixels.more[0x0028_0120] = .words("US", [0xF830])
        pixels.more[0x0028_0121] = .words("SS", [0xFA24])
        let reader = try pixels.reader()
        #expect(reader.format.paddingRange == -2000 ... -1500)
        let mask = try #require(reader.format.paddingMask(of: reader.storedImage()))
        #expect((0..<4).map { mask.samples[$0] } == [true, true, false, false])
    }

    @Test(arguments: ["1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.92"])
    func `what cannot be decoded is named`(uid: String) throws {
        let pixels = HandmadePixels(allocated: 8, stored: 8, syntax: uid, pixels: .fragments([[1, 2, 3, 4]]))
        let error = try #require(throws: FormatError.self) { try pixels.values() }
        #expect(error.code == .unsupported)
        #expect(error.description.contains(uid) && error.description.contains(DICOMTransferSyntax(uid: uid).name))
    }

    @Test func `sizes beyond the limits are refused before memory is taken`() throws {
        var pixels = HandmadePixels(rows: 65535, columns: 65535, frames: 1_000_000)
        #expect(try #require(throws: FormatError.self) { try pixels.reader() }.code == .limitExceeded)
        pixels = HandmadePixels(frames: 2_000_000)
        #expect(try #require(throws: FormatError.self) { try pixels.reader() }.code == .limitExceeded)
    }
}
