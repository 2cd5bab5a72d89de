import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Colors of indices and planes of bits; the expected numbers are those of pydicom 3.0.2 for the same data sets.
@Suite struct PaletteTests {
    /// The colors of the indices from 0 on.
    static func colors(
        count: Int, descriptor: [UInt16], segments: Bool = false, _ tables: [DICOMTestDataSet.Value]
    ) throws -> (kind: ScalarKind, values: [Int]?) {
        var pixels = HandmadePixels(
            rows: 1, columns: count, allocated: 8, stored: 8, photometric: "PALETTE COLOR",
            pixels: .bytes("OB", (0..<count).map { UInt8($0) }))
        for i in 0..<3 {
            pixels.more[0x0028_1101 + UInt32(i)] = .words("US", descriptor)
            pixels.more[(segments ? 0x0028_1221 : 0x0028_1201) + UInt32(i)] = tables[i % tables.count]
        }
        let palette = try #require(DICOMPalette(pixels.header().dataSet))
        let image = try #require(palette.expanded(pixels.reader().storedImage()))
        return (palette.scalarKind, integers(image))
    }

    @Test func `entries of 16 and of 8 bits`() throws {
        let wide = try Self.colors(
            count: 6, descriptor: [3, 1, 16],
            [.words("OW", [0, 10000, 65535]), .words("OW", [65535, 1, 2]), .words("OW", [7, 8, 9])])
        #expect(wide.kind == .uint16)
        #expect(
            wide.values
                == [0, 65535, 7, 0, 65535, 7, 10000, 1, 8, 65535, 2, 9, 65535, 2, 9, 65535, 2, 9])
        let narrow = try Self.colors(
            count: 6, descriptor: [4, 0, 8],
            [.bytes("OW", [0, 100, 255, 9]), .bytes("OW", [255, 1, 2, 8]), .bytes("OW", [7, 8, 9, 7])])
        #expect(narrow.kind == .uint8)
        #expect(narrow.values == [0, 255, 7, 100, 1, 8, 255, 2, 9, 9, 8, 7, 9, 8, 7, 9, 8, 7])
    }

    @Test func `discrete, linear and indirect segments`() throws {
        let words: [UInt16] = [0, 2, 100, 200, 1, 4, 1000, 2, 1, 0, 0, 1, 3, 201]
        let wide = try Self.colors(count: 13, descriptor: [11, 0, 16], segments: true, [.words("OW", words)])
        let expected = [100, 200, 400, 600, 800, 1000, 100, 200, 200, 201, 201, 201, 201]
        #expect(wide.values == expected.flatMap { [$0, $0, $0] })
        let bytes: [UInt8] = [0, 2, 10, 20, 1, 5, 120, 0, 1, 7, 1, 2, 0, 0]
        let narrow = try Self.colors(count: 12, descriptor: [10, 0, 8], segments: true, [.bytes("OW", bytes)])
        #expect(narrow.values == [10, 20, 40, 60, 80, 100, 120, 7, 4, 0, 0, 0].flatMap { [$0, $0, $0] })
    }

    /// The bits of the only overlay as rows of 0 and 1.
    static func bits(_ pixels: HandmadePixels) throws -> (overlay: DICOMOverlay, bits: [Int]) {
        let overlays = DICOMOverlay.all(try pixels.header())
        let overlay = try #require(overlays.first)
        #expect(overlays.count == 1)
        let image = try overlay.image(reader: pixels.reader())
        return (overlay, (0..<image.samples.count).map { image.samples[$0] ? 1 : 0 })
    }

    @Test func `an overlay of its own`() throws {
        var pixels = HandmadePixels(pixels: .words("OW", [0, 0, 0, 0]))
        pixels.more = [
            0x6002_0010: .words("US", [3]), 0x6002_0011: .words("US", [5]), 0x6002_0040: .text("CS", "G"),
            0x6002_0050: .words("SS", [2, 0xFFFF]), 0x6002_0100: .words("US", [1]), 0x6002_0102: .words("US", [0]),
            0x6002_3000: .bytes("OW", [0b1011_0101, 0b0101_1010]),
        ]
        let (overlay, bits) = try Self.bits(pixels)
        #expect(bits == [1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1])
        #expect((overlay.group, overlay.rows, overlay.columns, overlay.type) == (0x6002, 3, 5, "G"))
        #expect((overlay.originRow, overlay.originColumn) == (2, -1))
        pixels.more[0x6002_0010] = .words("US", [4])
        #expect(throws: FormatError.self) { try Self.bits(pixels) }
    }

    @Test func `an overlay in a bit that the pixels leave unused`() throws {
        var pixels = HandmadePixels(stored: 12, pixels: .words("OW", [0x1ABC, 0x0FFF, 0x3000, 0xEFFF]))
        pixels.more = [
            0x6000_0010: .words("US", [2]), 0x6000_0011: .words("US", [2]), 0x6000_0050: .words("SS", [1, 1]),
            0x6000_0100: .words("US", [16]), 0x6000_0102: .words("US", [12]),
        ]
        #expect(try Self.bits(pixels).bits == [1, 0, 1, 0])
        #expect(try pixels.values() == [0xABC, 0xFFF, 0, 0xFFF])
        pixels.more[0x6000_0102] = .words("US", [99])
        #expect(throws: FormatError.self) { try Self.bits(pixels) }
    }

    @Test func `a deflated frame`() throws {
        let stream: [UInt8] = [99, 100, 96, 98, 96, 102, 208, 97, 100, 101, 248, 255, 31, 0]
        var pixels = HandmadePixels(
            columns: 3, syntax: "1.2.840.10008.1.2.8.1", pixels: .fragments([stream]))
        #expect(try pixels.values() == [1, 2, 3, 300, 5, 65535])
        pixels.rows = 1
        #expect(throws: FormatError.self) { try pixels.values() }
        pixels.rows = 3
        #expect(try pixels.values() == [1, 2, 3, 300, 5, 65535, 0, 0, 0])
    }

    @Test func `numbers of float and double pixels`() throws {
        var set = DICOMTestDataSet()
        set[0x0028_0010] = .words("US", [1])
        set[0x0028_0011] = .words("US", [2])
        for (tag, value, bits, kind) in [
            (0x7FE0_0008, .floats("OF", [1.5, -2]), 32, .float32),
            (0x7FE0_0009, .doubles("OD", [1.5, -2]), 64, .float64),
        ] as [(UInt32, DICOMTestDataSet.Value, UInt16, ScalarKind)] {
            var object = set
            object[0x0028_0100] = .words("US", [bits])
            object[tag] = value
            let header = try DICOMHeader(source: ByteSource(bytes: DICOMTestFile(object).bytes))
            let image = try DICOMPixelReader(header: header).storedImage()
            #expect(image.kind == kind && PipelineTests.numbers(image) == [1.5, -2])
        }
    }

    @Test(arguments: [0x7FE0_0008, 0x7FE0_0009] as [UInt32]) func `float pixels have no table`(tag: UInt32) throws {
        var set = DICOMTestDataSet()
        set[0x0028_0004] = .text("CS", "MONOCHROME2")
        set[0x0028_0010] = .words("US", [1])
        set[0x0028_0011] = .words("US", [1])
        set[tag] = .floats("OF", [1.5, 2])
        var item = DICOMTestDataSet()
        item[0x0028_3002] = .words("US", [2, 0, 16])
        item[0x0028_3006] = .words("OW", [5, 6])
        var mapped = set
        mapped[0x0028_3000] = .items([item])
        var colored = set
        colored[0x0028_0004] = .text("CS", "PALETTE COLOR")
        for (object, place) in [(mapped, "(0028,3000)"), (colored, "(0028,0004)")] {
            let source = ByteSource(bytes: DICOMTestFile(object).bytes)
            let error = #expect(throws: FormatError.self) { try FormatTable.standard.open(source) }
            #expect(error?.code == .corrupt && error?.place == place, "\(error?.description ?? "none")")
        }
        #expect(throws: Never.self) { try FormatTable.standard.open(ByteSource(bytes: DICOMTestFile(set).bytes)) }
    }

    @Test func `10, 15 and 32 bits`() throws {
        var pixels = HandmadePixels(stored: 10, isSigned: true, pixels: .words("OW", [0x01FF, 0x0200, 0xFFFF, 0x0400]))
        #expect(try pixels.values() == [511, -512, -1, 0])
        pixels.stored = 15
        pixels.pixels = .words("OW", [0x3FFF, 0x4000, 0x7FFF, 0x8000])
        #expect(try pixels.values() == [16383, -16384, -1, 0])
        (pixels.allocated, pixels.stored) = (32, 32)
        pixels.pixels = .longs("OW", [0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFFF, 5])
        #expect(try pixels.values() == [-2_147_483_648, -1, 2_147_483_647, 5])
    }
}
