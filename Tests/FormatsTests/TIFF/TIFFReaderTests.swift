import Formats
import ImageCore
import TestSupport
import Testing

/// Rules of TIFF 6.0 on files of a few bytes whose samples are known by hand.
struct TIFFReaderTests {
    // MARK: Depths

    @Test func `signed samples of odd depth keep their sign`() throws {
        // −1, 0, 7, −8 in 4 bits; −1, 5 in 12 bits.
        var four = HandmadeTIFF(width: 4, height: 1, bits: 4, data: [0xF0, 0x78])
        four.tags[339] = [2]
        guard case .int8(let small) = try TIFFReader(four.source).readFrame() else { throw Wrong.kind }
        #expect((0..<4).map { small[0, $0] } == [-1, 0, 7, -8])
        var twelve = HandmadeTIFF(width: 2, height: 1, bits: 12, data: [0xFF, 0xF0, 0x05])
        twelve.tags[339] = [2]
        guard case .int16(let large) = try TIFFReader(twelve.source).readFrame() else { throw Wrong.kind }
        #expect((0..<2).map { large[0, $0] } == [-1, 5])
    }

    @Test(arguments: [false, true]) func `whole bytes are packed from the highest`(isBigEndian: Bool) throws {
        var file = HandmadeTIFF(width: 2, height: 1, bits: 24, data: [1, 2, 3, 0xFF, 0xFE, 0xFD])
        file.isBigEndian = isBigEndian
        guard case .uint32(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<2).map { image[0, $0] } == [0x010203, 0xFFFEFD])
        var wide = HandmadeTIFF(width: 2, height: 1, bits: 40, data: [1, 2, 3, 4, 5, 0xFF, 0, 0, 0, 6])
        wide.isBigEndian = isBigEndian
        guard case .uint64(let image) = try TIFFReader(wide.source).readFrame() else { throw Wrong.kind }
        #expect((0..<2).map { image[0, $0] } == [0x01_0203_0405, 0xFF_0000_0006])
    }

    @Test(arguments: [false, true]) func `floating point of 24 bits`(isBigEndian: Bool) throws {
        // 1.0: exponent 63; −2.5: exponent 64, fraction 0.25; the smallest denormal; infinity.
        let words: [UInt32] = [0x3F_0000, 0xC0_4000, 0x00_0001, 0x7F_0000]
        let data = words.flatMap { word in
            let bytes = [UInt8(word & 255), UInt8(word >> 8 & 255), UInt8(word >> 16)]
            return isBigEndian ? bytes.reversed() : bytes
        }
        var file = HandmadeTIFF(width: 4, height: 1, bits: 24, data: data)
        file.tags[339] = [3]
        file.isBigEndian = isBigEndian
        guard case .float32(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        let smallest = Float(sign: .plus, exponent: -78, significand: 1)
        #expect((0..<4).map { image[0, $0] } == [1, -2.5, smallest, .infinity])
    }

    // MARK: Colors

    @Test func `gray with 0 as white is turned around within its bits`() throws {
        let file = HandmadeTIFF(width: 4, height: 1, bits: 2, photometric: 0, data: [0b0001_1011])
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<4).map { image[0, $0] } == [3, 2, 1, 0])
        #expect(image.domain == .integer(bits: 2))
    }

    @Test(arguments: [(0x1234, ScalarKind.uint16), (0xAB00, .uint8), (0xABAB, .uint8), (0xAB, .uint8)])
    func `a palette becomes 8 bits when they tell everything`(entry: Int, kind: ScalarKind) throws {
        var file = HandmadeTIFF(width: 2, height: 1, bits: 1, photometric: 3, data: [0b0100_0000])
        file.tags[320] = [0, UInt32(entry), 0, 0, 0, 0]
        let image = try TIFFReader(file.source).readFrame()
        #expect(image.kind == kind && image.color == .rgb && image.layout.sizes == [1, 2, 3])
        switch image {
        case .uint8(let image): #expect((0..<6).map { image[0, $0 / 3, $0 % 3] } == [0, 0, 0, 0xAB, 0, 0])
        case .uint16(let image): #expect((0..<6).map { image[0, $0 / 3, $0 % 3] } == [0, 0, 0, 0x1234, 0, 0])
        default: throw Wrong.kind
        }
        let labels = try TIFFReader(file.source, options: ReadOptions(palette: .labels)).readFrame()
        guard case .uint8(let indices) = labels else { throw Wrong.kind }
        #expect((0..<2).map { indices[0, $0] } == [0, 1])
        #expect(labels.color == .labels && labels.domain == .labels)
        #expect(labels.metadata["palette"] == .numbers([0, Double(entry), 0, 0, 0, 0]))
    }

    @Test func `premultiplied color is divided by its opacity`() throws {
        let data: [UInt8] = [100, 50, 0, 200, 10, 20, 30, 255, 9, 9, 9, 0, 200, 1, 1, 100]
        var file = HandmadeTIFF(width: 4, height: 1, bits: 8, samples: 4, photometric: 2, data: data)
        file.tags[338] = [1]
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect(image.color == .rgba)
        // 100 · 255 / 200 = 127.5, rounded up; 200 · 255 / 100 is clamped.
        #expect(
            (0..<16).map { image[0, $0 / 4, $0 % 4] } == [128, 64, 0, 200, 10, 20, 30, 255, 9, 9, 9, 0, 255, 3, 3, 100])
        file.tags[338] = [2]
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<16).map { image[0, $0 / 4, $0 % 4] } == data)
        file.tags[338] = [0]
        #expect(try TIFFReader(file.source).frames[0].color == .unspecified)
    }

    @Test func `uncompressed YCbCr becomes RGB`() throws {
        // Two gray pixels and their shared color differences of 0.
        var file = HandmadeTIFF(width: 2, height: 1, bits: 8, samples: 3, photometric: 6, data: [40, 200, 128, 128])
        file.tags[530] = [2, 1]
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<6).map { image[0, $0 / 3, $0 % 3] } == [40, 40, 40, 200, 200, 200])
    }

    @Test(arguments: [1, 4], [true, false])
    func `converted rows stay where they are stored`(orientation: Int, isTiled: Bool) throws {
        // YCbCr without subsampling, no color: each pixel is as bright as its place says.
        let (width, height) = (10, 5)
        let rows = isTiled ? 32 : height
        let stored = isTiled ? 32 : width
        let data = (0..<rows * stored).flatMap { i -> [UInt8] in
            [UInt8(min(255, i / stored * 10 + i % stored)), 128, 128]
        }
        var file = HandmadeTIFF(width: width, height: height, bits: 8, samples: 3, photometric: 6, data: data)
        file.tags[530] = [1, 1]
        file.tags[274] = [UInt32(orientation)]
        if isTiled {
            file.tags[278] = nil
            (file.tags[322], file.tags[323]) = ([32], [32])
            (file.tags[324], file.tags[325]) = ([8], [UInt32(data.count)])
        } else {
            file.tags[278] = [2]
            (file.tags[273], file.tags[279]) = ([8, 68, 128], [60, 60, 30])
        }
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<150).allSatisfy { image.samples[$0] == UInt8($0 / 30 * 10 + $0 / 3 % 10) })
    }

    @Test func `CIE L*a*b* becomes RGB`() throws {
        // A middle gray: L* = 50.2 is 18.6 % of white, which is 120 in sRGB's 8 bits. libtiff leaves the white point where it
        // is, so the gray is a little warm.
        let file = HandmadeTIFF(width: 1, height: 1, bits: 8, samples: 3, photometric: 8, data: [128, 0, 0])
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        let gray = (0..<3).map { Int(image.samples[$0]) }
        #expect(gray.allSatisfy { abs($0 - 120) < 16 }, "\(gray)")
    }

    // MARK: Places

    @Test(arguments: 1...8) func `orientation is applied on request`(value: Int) throws {
        // A picture of 3 × 2 as it is looked at. TIFF 6.0, page 36, says where row 0 and column 0 of the file lie in it:
        // 1 top and left, 2 top and right, 3 bottom and right, 4 bottom and left; 5 left and top, 6 right and top, …
        let upright: [[UInt8]] = [[1, 2, 3], [4, 5, 6]]
        func stored(_ r: Int, _ c: Int) -> UInt8 {
            switch value {
            case 1: upright[r][c]
            case 2: upright[r][2 - c]
            case 3: upright[1 - r][2 - c]
            case 4: upright[1 - r][c]
            case 5: upright[c][r]
            case 6: upright[c][2 - r]
            case 7: upright[1 - c][2 - r]
            default: upright[1 - c][r]
            }
        }
        let isTransposed = value >= 5
        let (width, height) = isTransposed ? (2, 3) : (3, 2)
        let data = (0..<6).map { stored($0 / width, $0 % width) }
        var file = HandmadeTIFF(width: width, height: height, bits: 8, data: data)
        file.tags[274] = [UInt32(value)]
        file.tags[282] = [100, 1]
        file.tags[283] = [200, 1]
        file.tags[296] = [3]
        let asStored = try TIFFReader(file.source).readFrame()
        #expect(asStored.metadata["orientation"] == .integer(value) && asStored.width == (isTransposed ? 2 : 3))
        let image = try TIFFReader(file.source, options: ReadOptions(appliesOrientation: true)).readFrame()
        guard case .uint8(let pixels) = image else { throw Wrong.kind }
        #expect((0..<6).map { pixels.samples[$0] } == [1, 2, 3, 4, 5, 6])
        #expect(image.metadata["orientation"] == .integer(1))
        #expect(image.geometry?.mpp.x == (isTransposed ? 50 : 100))
    }

    @Test func `resolution is in inches or centimetres or nothing`() throws {
        var file = HandmadeTIFF(width: 1, height: 1, bits: 8, data: [0])
        file.tags[282] = [254, 1]
        file.tags[283] = [508, 1]
        #expect(try TIFFReader(file.source).frames[0].geometry == Geometry(mppX: 100, mppY: 50))
        file.tags[296] = [3]
        #expect(try TIFFReader(file.source).frames[0].geometry == Geometry(mppX: 10_000 / 254.0, mppY: 10_000 / 508.0))
        file.tags[296] = [1]
        #expect(try TIFFReader(file.source).frames[0].geometry == nil)
    }

    @Test func `a piece without a place is 0 and one without bytes is an error`() throws {
        var file = HandmadeTIFF(width: 2, height: 2, bits: 8, data: [7, 8])
        file.tags[278] = [1]
        (file.tags[273], file.tags[279]) = ([8, 0], [2, 0])
        guard case .uint8(let image) = try TIFFReader(file.source).readFrame() else { throw Wrong.kind }
        #expect((0..<4).map { image.samples[$0] } == [7, 8, 0, 0])
        (file.tags[273], file.tags[279]) = ([8, 10], [2, 0])
        let broken = try TIFFReader(file.source)
        let error = #expect(throws: FormatError.self) { try broken.readFrame() }
        #expect(error?.place == "directory 0, strip 1")
    }

    @Test func `threads share a reader`() async throws {
        let data = (0..<64).map { UInt8($0) }
        let reader = try TIFFReader(HandmadeTIFF(width: 8, height: 8, bits: 8, data: data).source)
        let same = await withTaskGroup { group in
            for _ in 0..<32 {
                group.addTask {
                    guard case .uint8(let image)? = try? reader.readFrame() else { return false }
                    return (0..<64).allSatisfy { image.samples[$0] == data[$0] }
                }
            }
            return await group.allSatisfy { $0 }
        }
        #expect(same)
    }

    // MARK: Refusals

    @Test func `sizes beyond the limits are refused before memory is taken`() throws {
        var file = HandmadeTIFF(width: 60_000, height: 60_000, bits: 16, data: [0])
        let reader = try TIFFReader(file.source)
        #expect(reader.frames[0].problem?.code == .limitExceeded)
        #expect(throws: FormatError.self) { try reader.readFrame() }
        // A small image in a huge tile.
        file = HandmadeTIFF(width: 10, height: 10, bits: 8, data: [0])
        file.tags[278] = nil
        (file.tags[322], file.tags[323], file.tags[324], file.tags[325]) = ([65520], [65520], [8], [1])
        let problem = try TIFFReader(file.source).frames[0].problem
        #expect(problem?.code == .limitExceeded && problem?.place == "directory 0, size of a tile")
    }

    @Test(arguments: [(259, 34_712, "compression 34712"), (339, 6, "sample format 6"), (258, 128, "128 bits")])
    func `what is not supported is named`(tag: Int, value: Int, text: String) throws {
        var file = HandmadeTIFF(width: 1, height: 1, bits: 8, data: [0])
        file.tags[UInt16(tag)] = [UInt32(value)]
        let reader = try TIFFReader(file.source)
        let error = #expect(throws: FormatError.self) { try reader.readFrame() }
        #expect(error?.code == .unsupported && error?.found.contains(text) == true, "\(String(describing: error))")
    }

    @Test func `directories that go in circles end in an error`() throws {
        var bytes = HandmadeTIFF(width: 1, height: 1, bits: 8, data: [0, 0]).bytes
        // The link after the last entry leads back to the only directory, at 10.
        let link = 10 + 2 + 12 * 9
        bytes.replaceSubrange(link..<link + 4, with: [10, 0, 0, 0])
        let error = #expect(throws: FormatError.self) { try TIFFReader(ByteSource(bytes: bytes)) }
        #expect(error?.place == "directory 1")
    }

    @Test func `a strip that ends early is named`() throws {
        var file = HandmadeTIFF(width: 4, height: 4, bits: 8, data: [UInt8](repeating: 1, count: 16))
        file.tags[278] = [2]
        (file.tags[273], file.tags[279]) = ([8, 5_000], [8, 8])
        let reader = try TIFFReader(file.source)
        let error = #expect(throws: FormatError.self) { try reader.readFrame() }
        #expect(error?.place == "directory 0, strip 1" && error?.code == .truncated)
    }

    enum Wrong: Error { case kind }
}
