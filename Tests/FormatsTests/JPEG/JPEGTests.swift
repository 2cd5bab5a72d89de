import Formats
import ImageCore
import TestSupport
import Testing

@Suite struct JPEGEncoderTests {
    /// A smooth picture with a gradient along each axis.
    static func picture(_ width: Int, _ height: Int) -> Image<UInt8> {
        Image(axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb) { samples in
            for y in 0..<height {
                for x in 0..<width {
                    let at = 3 * (y * width + x)
                    samples[at] = UInt8(x * 255 / max(1, width - 1))
                    samples[at + 1] = UInt8(y * 255 / max(1, height - 1))
                    samples[at + 2] = UInt8((x + y) * 255 / max(1, width + height - 2))
                }
            }
        }
    }

    static func decode(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws -> AnyImage {
        try FormatTable.standard.open(ByteSource(bytes: bytes), options: options).readFrame()
    }

    static func difference(_ a: Image<UInt8>, _ b: Image<UInt8>) -> Int {
        (0..<a.count).reduce(0) { max($0, abs(Int(a.samples[$1]) - Int(b.samples[$1]))) }
    }

    @Test(arguments: JPEGEncoder.Subsampling.allCases, [false, true])
    func `a smooth picture survives`(subsampling: JPEGEncoder.Subsampling, isProgressive: Bool) throws {
        let picture = Self.picture(37, 29)
        let encoder = JPEGEncoder(
            quality: 98, subsampling: subsampling, optimizesHuffman: true, isProgressive: isProgressive)
        let back = try Self.decode(encoder.encode(picture))
        #expect(back.width == 37 && back.height == 29)
        guard case .uint8(let image) = back else { return #expect(Bool(false), "8-bit samples") }
        if subsampling == .gray {
            #expect(image.color == .gray && image.axes == [.y, .x])
            let luma = 0.299 * 255 + 0.587 * 0 + 0.114 * Double(36 * 255 / 64)
            #expect(abs(Double(image[0, 36]) - luma) < 3)
        } else {
            #expect(image.color == .rgb && Self.difference(image, picture) <= 16)
        }
    }

    @Test func `RGB without transform has no marker and needs to be told`() throws {
        let picture = Self.picture(16, 16)
        let bytes = try JPEGEncoder(quality: 100).encode(
            picture.samples, width: 16, height: 16, rowStride: 48, color: .rgbUntransformed)
        #expect(bytes[2..<4] == [0xFF, 0xDB])
        var samples = [UInt8](repeating: 0, count: picture.count)
        var span = samples.mutableSpan
        _ = try JPEGTileDecoder().decode(
            bytes.span, stored: .rgb, into: &span, width: 16, height: 16, rowStride: 48)
        let worst = (0..<picture.count).map { abs(Int(samples[$0]) - Int(picture.samples[$0])) }.max() ?? 255
        #expect(worst <= 3)
    }

    @Test func `ink stays ink`() throws {
        let ink = Image<UInt8>(axes: [.y, .x, .channel], sizes: [8, 8, 4], repeating: 200, color: .cmyk)
        guard case .uint8(let back) = try Self.decode(JPEGEncoder(quality: 100).encode(ink)) else { return }
        #expect(back.color == .cmyk && Self.difference(ink, back) <= 1)
    }

    @Test func `the same picture gives the same bytes from a used compressor`() throws {
        let encoder = JPEGEncoder(optimizesHuffman: true)
        let first = try encoder.encode(Self.picture(40, 40))
        _ = try encoder.encode(Self.picture(9, 70))
        #expect(try encoder.encode(Self.picture(40, 40)) == first)
    }

    @Test func `profile, EXIF and resolution come back`() throws {
        var picture = Self.picture(8, 8)
        picture.geometry = Geometry(mppX: 250, mppY: 500)
        let icc = (0..<70000).map { UInt8($0 % 251) }
        let exif: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
        let back = try Self.decode(JPEGEncoder(icc: icc, exif: exif).encode(picture))
        #expect(back.metadata["icc"] == .bytes(icc))
        #expect(back.metadata["exif"] == .bytes(exif))
        #expect(back.metadata["orientation"] == .integer(6))
        #expect(back.geometry?.mpp.x == 250 && back.geometry?.mpp.y == 500)
    }

    @Test func `what JPEG cannot hold is refused`() {
        let wide = Image<UInt8>(axes: [.y, .x], sizes: [1, 65501], color: .gray)
        #expect(throws: FormatError.self) { try JPEGEncoder().encode(wide) }
        let volume = Image<UInt8>(axes: [.z, .y, .x], sizes: [2, 2, 2], color: .gray)
        #expect(throws: FormatError.self) { try JPEGEncoder().encode(volume) }
        #expect(throws: FormatError.self) { try JPEGEncoder(quality: 0).encode(Self.picture(4, 4)) }
        let few = [UInt8](repeating: 0, count: 11)
        #expect(throws: FormatError.self) {
            try JPEGEncoder().encode(few.span, width: 2, height: 2, rowStride: 6, color: .rgb)
        }
    }
}
