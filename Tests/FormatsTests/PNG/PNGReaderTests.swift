import Formats
import ImageCore
import TestSupport
import Testing

@Suite struct PNGReaderTests {
    @Test func `metadata says what the chunks say`() throws {
        let file = try PNGFile.pixel.adding("gAMA", bigEndian(45455)).adding("sRGB", [1])
            .adding("pHYs", bigEndian(4_000_000) + bigEndian(2_000_000) + [1])
            .adding("tEXt", Array("Title".utf8) + [0, 0x4D, 0xFC]).adding("tEXt", Array("Title".utf8) + [0, 0x32])
            .adding("iTXt", Array("Author".utf8) + [0, 0, 0] + Array("de".utf8) + [0, 0] + Array("Zoë 鈴".utf8))
            .adding("eXIf", Array("MM".utf8) + [0, 42, 0, 0, 0, 8]).adding("tIME", [0x07, 0xE8, 2, 29, 23, 5, 60])
            .adding("cHRM", [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000].flatMap { bigEndian($0) })
            .adding("sBIT", [7])
        let image = try decodePNG(file.bytes)
        let metadata = image.metadata
        #expect(metadata["gamma"] == .number(0.45455))
        #expect(metadata["srgbIntent"] == .integer(1))
        #expect(metadata["text.Title"] == .text("Mü\n2"))
        #expect(metadata["text.Author"] == .text("Zoë 鈴"))
        #expect(metadata["exif"] == .bytes(Array("MM".utf8) + [0, 42, 0, 0, 0, 8]))
        #expect(metadata["modificationTime"] == .text("2024-02-29T23:05:60Z"))
        #expect(metadata["chromaticities"] == .numbers([0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06]))
        #expect(metadata["significantBits"] == .numbers([7]))
        let mpp = try #require(image.geometry?.mpp)
        #expect(abs(mpp.x - 0.25) < 1e-12 && abs(mpp.y - 0.5) < 1e-12)
    }

    /// The streams were made by Python's zlib.
    @Test func `compressed chunks are inflated, broken ones left out`() throws {
        let stream: [UInt8] = [
            0x78, 0x9C, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0xD7, 0x51, 0x28, 0xCF, 0x2F, 0xCA, 0x49, 0x01, 0x00, 0x1B, 0xD4,
            0x04,
            0x69,
        ]
        let file = try PNGFile.pixel.adding("iCCP", Array("p".utf8) + [0, 0] + stream)
            .adding("zTXt", Array("Comment".utf8) + [0, 0] + stream)
            .adding("zTXt", Array("Broken".utf8) + [0, 0] + stream.dropLast(5))
            .adding("iTXt", Array("Long".utf8) + [0, 1, 0, 0, 0] + stream)
            .adding("tEXt", [0, 1, 2]).adding("gAMA", [1]).adding("iTXt", Array("x".utf8) + [0, 1])
        let metadata = try decodePNG(file.bytes).metadata
        #expect(metadata["icc"] == .bytes(Array("Hello, world".utf8)))
        #expect(metadata["text.Comment"] == .text("Hello, world"))
        #expect(metadata["text.Long"] == .text("Hello, world"))
        #expect(metadata.entries.count == 3)
    }

    @Test func `a resolution without a unit says nothing`() throws {
        let contents: [[UInt8]] = [[0, 0, 0, 1, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0, 1, 1], [1]]
        for data in contents {
            #expect(try decodePNG(try PNGFile.pixel.adding("pHYs", data).bytes).geometry == nil)
        }
    }

    @Test func `limits are checked before memory is taken`() throws {
        var file = try PNGFile.pixel
        file.chunks[0].data = bigEndian(0x7FFF_FFFF) + bigEndian(0x7FFF_FFFF) + [16, 6, 0, 0, 0]
        let error = #expect(throws: FormatError.self) { try PNGReader(ByteSource(bytes: file.bytes, name: "bomb.png")) }
        #expect(error?.code == .limitExceeded)
        #expect(error?.description.hasPrefix("bomb.png: IHDR: expected at most") == true)
        file.chunks[0].data = bigEndian(0) + bigEndian(1) + [8, 0, 0, 0, 0]
        #expect(throws: FormatError.self) { try PNGReader(ByteSource(bytes: file.bytes)) }
        let many = PNGFile(try PNGEncoder().encode(Image<UInt8>(axes: [.y, .x], sizes: [4, 4])))
        let options = ReadOptions(limits: DecodeLimits(entries: 2))
        #expect(throws: FormatError.self) { try decodePNG(many.bytes, options: options) }
    }

    @Test(
        arguments: [
            (
                [0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 0, 0],
                "IHDR: expected a bit depth of 1, 2, 4, 8, 16 for color type 0, found 3"
            ),
            ([0, 0, 0, 1, 0, 0, 0, 1, 8, 5, 0, 0, 0], "IHDR: expected color type 0, 2, 3, 4 or 6, found 5"),
            ([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 1, 0, 0], "IHDR: expected compression method 0, found 1"),
            ([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 2], "IHDR: expected interlace method 0 or 1, found 2"),
        ] as [([UInt8], String)])
    func `a wrong header is named`(header: [UInt8], message: String) throws {
        var file = try PNGFile.pixel
        file.chunks[0].data = header
        let error = #expect(throws: FormatError.self) { try decodePNG(file.bytes) }
        #expect(error?.description == "memory: \(message)")
    }

    @Test func `a wrong CRC is an error in every chunk`() throws {
        let file = try PNGFile.pixel.adding("tEXt", Array("a".utf8) + [0, 1]).adding("prIv", [1, 2, 3])
        var offset = 8
        for chunk in file.chunks {
            var bytes = file.bytes
            offset += 12 + chunk.data.count
            bytes[offset - 1] ^= 1
            #expect(throws: FormatError.self, "\(chunk.type)") { try decodePNG(bytes) }
        }
    }

    @Test func `chunks that are missing, twice or in the wrong place are named`() throws {
        let good = try PNGFile.pixel
        var file = good
        file.chunks.removeAll { $0.type == "IDAT" }
        #expect(throws: FormatError.self) { try decodePNG(file.bytes) }
        file = good
        file.chunks.swapAt(0, 1)
        #expect(throws: FormatError.self) { try decodePNG(file.bytes) }
        file = good
        file.chunks.insert(file.chunks[0], at: 1)
        #expect(throws: FormatError.self) { try decodePNG(file.bytes) }
        file = good
        file.chunks.removeLast()
        #expect(throws: FormatError.self) { try decodePNG(file.bytes) }
        var palette = PNGFile(try PNGEncoder(palette: [1, 2, 3]).encode(Image<UInt8>(axes: [.y, .x], sizes: [2, 2])))
        #expect(try decodePNG(palette.bytes).color == .rgb)
        #expect(try decodePNG(palette.adding("tRNS", [7]).bytes).color == .rgba)
        #expect(throws: FormatError.self) { try decodePNG(palette.adding("tRNS", [7, 8]).bytes) }
        palette.chunks.removeAll { $0.type == "PLTE" }
        #expect(throws: FormatError.self) { try decodePNG(palette.bytes) }
    }

    @Test func `an index beyond the palette is an error`() throws {
        var file = PNGFile(
            try PNGEncoder(palette: [1, 2, 3, 4, 5, 6]).encode(
                Image<UInt8>(axes: [.y, .x], sizes: [2, 2], repeating: 1)))
        let first: [UInt16] = [4 * 257, 5 * 257, 6 * 257, .max]
        #expect(try Array(decodePNG(file.bytes).rgba16.prefix(4)) == first)
        let index = try #require(file.chunks.firstIndex { $0.type == "PLTE" })
        file.chunks[index].data = [1, 2, 3]
        for palette in [ReadOptions.Palette.expand, .labels] {
            let error = #expect(throws: FormatError.self) {
                try decodePNG(file.bytes, options: ReadOptions(palette: palette))
            }
            #expect(error?.description == "memory: row 0: an index beyond the palette")
        }
    }

    @Test func `the orientation that EXIF names is applied on request`() throws {
        var image = Image<UInt16>(axes: [.y, .x], sizes: [2, 3], color: .gray) {
            for i in 0..<6 { $0[i] = UInt16(1000 + i) }
        }
        image.geometry = Geometry(mppX: 2, mppY: 4)
        image.metadata["orientation"] = .integer(6)
        image.metadata["exif"] = .bytes(
            Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])
        let bytes = try PNGEncoder().encode(image)
        guard case .uint16(let stored) = try decodePNG(bytes),
            case .uint16(let upright) = try decodePNG(bytes, options: ReadOptions(appliesOrientation: true))
        else { throw FormatError(.corrupt, file: "", found: "") }
        #expect(stored.values == image.values && stored.metadata == image.metadata)
        // Orientation 6: the stored first row is the right-hand side, the stored first column the top.
        #expect(upright.sizes == [3, 2] && upright.values == [1003, 1000, 1004, 1001, 1005, 1002])
        #expect(upright.geometry?.mpp.x == 4 && upright.metadata["orientation"] == .integer(1))
        // Written again, the old block is left out: it would turn the picture twice.
        #expect(try decodePNG(try PNGEncoder().encode(upright)).metadata["exif"] == nil)
    }

    @Test func `the table finds the format by content`() throws {
        let table = FormatTable([PNGFormat.format])
        let reader = try table.open(ByteSource(bytes: try PNGFile.pixel.bytes))
        #expect(reader.formatName == "PNG" && reader.frames.count == 1)
        #expect(throws: FormatError.self) { try table.open(ByteSource(bytes: Array("not a picture".utf8))) }
        #expect(throws: FormatError.self) { try reader.readFrame(1) }
    }
}
