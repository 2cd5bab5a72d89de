import ImageCore
import TestSupport
import Testing

@testable import Formats

/// What is read from compressed streams before a library sees them.
@Suite struct CodestreamHeaderTests {
    static func jpeg(_ markers: [(UInt8, [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8]
        for (marker, content) in markers {
            let length = content.count + 2
            bytes += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)]
            bytes += content
        }
        return bytes
    }

    static func header(_ bytes: [UInt8]) -> JPEGFrameHeader? { unsafe JPEGFrameHeader(bytes.span.bytes) }

    static func header2000(_ bytes: [UInt8]) -> JPEG2000Header? { unsafe JPEG2000Header(bytes.span.bytes) }

    static func start(ids: [UInt8]) -> (UInt8, [UInt8]) {
        (0xC0, [8, 0, 4, 0, 6, UInt8(ids.count)] + ids.flatMap { [$0, 0x11, 0] })
    }

    static let adobe: [UInt8] = Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0]
    static let jfif: [UInt8] = Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]

    @Test func `sizes and components`() throws {
        let header = try #require(Self.header(Self.jpeg([Self.start(ids: [1, 2, 3])])))
        #expect((header.rows, header.columns, header.precision) == (4, 6, 8))
        #expect(header.componentIDs == [1, 2, 3])
        #expect(Self.header([0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0]) == nil)
    }

    @Test func `component names, then Adobe, then JFIF, then the data set decide over color`() throws {
        func isYBR(_ markers: [(UInt8, [UInt8])], _ photometric: DICOMPhotometric) throws -> Bool {
            try #require(Self.header(Self.jpeg(markers))).isYBR(photometric)
        }
        let (numbers, letters) = (Self.start(ids: [1, 2, 3]), Self.start(ids: Array("RGB".utf8)))
        #expect(try !isYBR([numbers], .rgb))
        #expect(try isYBR([numbers], .ybrFull422))
        #expect(try isYBR([(0xE0, Self.jfif), numbers], .rgb))
        #expect(try !isYBR([(0xEE, Self.adobe + [0]), numbers], .ybrFull))
        #expect(try isYBR([(0xEE, Self.adobe + [1]), numbers], .rgb))
        #expect(try !isYBR([(0xE0, Self.jfif), letters], .ybrFull))
        #expect(try !isYBR([Self.start(ids: [1])], .ybrFull))
    }

    @Test(.needsTestData) func `a JP2 file is stepped through to its codestream`() throws {
        let bytes = try ByteSource(path: TestData.path("j2k/conformance/p0_04.j2k")).all()
        let bare = try #require(Self.header2000(bytes))
        #expect((bare.start, bare.columns, bare.rows, bare.components) == (0, 640, 480, 3))
        var boxed: [UInt8] = CodestreamKind.jp2Signature + [0, 0, 0, 12] + Array("ftypjp2 ".utf8)
        boxed += [0, 0, 0, 0] + Array("jp2c".utf8) + bytes
        let wrapped = try #require(Self.header2000(boxed))
        #expect((wrapped.start, wrapped.columns, wrapped.rows) == (32, 640, 480))
        #expect(!wrapped.isHighThroughput)
        #expect(Self.header2000([UInt8](boxed.prefix(24))) == nil)
    }

    @Test(.needsTestData) func `a stream of another size than the data set's is refused`() throws {
        let stream = try ByteSource(path: TestData.path("j2k/conformance/p0_01.j2k")).all()
        var pixels = HandmadePixels(
            rows: 128, columns: 128, allocated: 8, stored: 8, syntax: "1.2.840.10008.1.2.4.90",
            pixels: .fragments([stream]))
        #expect(try pixels.values().count == 128 * 128)
        pixels.columns = 127
        let error = try #require(throws: FormatError.self) { try pixels.values() }
        #expect(error.code == .corrupt && error.description.contains("128 x 128"))
    }
}
