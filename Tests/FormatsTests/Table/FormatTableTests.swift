import Formats
import ImageCore
import Testing

struct FormatTableTests {
    static let file = Array("P5\n3 2\n255\n".utf8) + [1, 2, 3, 4, 5, 250]

    private func read(
        _ bytes: [UInt8], limits: DecodeLimits = .standard
    ) throws(FormatError) -> AnyImage {
        let table = FormatTable(FormatTable.standard.formats + [PGMFormat.format])
        return try table.open(ByteSource(bytes: bytes), options: ReadOptions(limits: limits)).readFrame()
    }

    @Test func `a format that a program adds is read`() throws {
        guard case .uint8(let image) = try read(Self.file) else { throw Failure() }
        #expect(image.sizes == [2, 3])
        #expect((0..<6).map { image.samples[$0] } == [1, 2, 3, 4, 5, 250])
    }

    @Test func `the standard table does not know it`() {
        #expect(throws: FormatError.self) {
            try FormatTable.standard.open(ByteSource(bytes: Self.file))
        }
    }

    @Test(arguments: 0..<file.count) func `a file cut anywhere is an error`(length: Int) {
        #expect(throws: FormatError.self) { try read(Array(Self.file.prefix(length))) }
    }

    @Test func `limits stop it before memory is taken`() {
        let huge = Array("P5\n100000 100000\n255\n".utf8)
        let error = #expect(throws: FormatError.self) { try read(huge) }
        #expect(error?.code == .limitExceeded)
        #expect(throws: FormatError.self) { try read(Self.file, limits: DecodeLimits(pixels: 5)) }
    }

    @Test func `the first format that recognizes a file opens it`() throws {
        let eager = ImageFormat(
            name: "eager", extensions: [], matches: { _ in true },
            open: { source, options throws(FormatError) in try PGMReader(source, options: options) })
        let table = FormatTable([PGMFormat.format, eager])
        #expect(try table.open(ByteSource(bytes: Self.file)).formatName == "PGM")
        #expect(throws: FormatError.self) { try table.open(ByteSource(bytes: [1, 2, 3])) }
    }

    private struct Failure: Error {}
}
