import ImageCore
import TestSupport
import Testing

@testable import Formats

/// How fragments make up frames, with and without tables; encapsulated uncompressed data shows which bytes came out.
@Suite struct FragmentTests {
    /// Pixel data of items put together by hand: table, fragments, and what ends them.
    static func items(table: [UInt32] = [], _ fragments: [[UInt8]], isClosed: Bool = true) -> [UInt8] {
        func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func item(_ bytes: [UInt8]) -> [UInt8] { [0xFE, 0xFF, 0, 0xE0] + number(UInt32(bytes.count)) + bytes }
        let end: [UInt8] = isClosed ? [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0] : []
        return item(table.flatMap(number)) + fragments.flatMap(item) + end
    }

    static func index(
        _ bytes: [UInt8], frames: Int, extended: [Int] = [], lengths: [Int] = [], isRunLengths: Bool = false
    ) throws -> DICOMFrameIndex {
        let source = ByteSource(bytes: bytes)
        let items = try DICOMFragments(source, from: 0, to: nil, limit: 100)
        return try DICOMFrameIndex(
            items, frameCount: frames, extendedOffsets: extended, extendedLengths: lengths,
            isRunLengths: isRunLengths, source: source)
    }

    static func groups(_ index: DICOMFrameIndex) -> [[Int]] {
        (0..<index.frameCount).map { index.pieces(of: $0).map(\.length) }
    }

    static let soi: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]

    @Test func `one frame takes all fragments`() throws {
        let index = try Self.index(Self.items([[1, 2], [3, 4, 5, 6], [7, 8]]), frames: 1)
        #expect(Self.groups(index) == [[2, 4, 2]] && index.defects.isEmpty)
    }

    @Test func `as many fragments as frames take one each`() throws {
        let index = try Self.index(Self.items([[1, 2], [3, 4, 5, 6]]), frames: 2)
        #expect(Self.groups(index) == [[2], [4]] && index.defects.isEmpty)
    }

    @Test func `the basic offset table divides fragments`() throws {
        let bytes = Self.items(table: [0, 22], [[1, 2], [3, 4, 5, 6], [7, 8]])
        #expect(Self.groups(try Self.index(bytes, frames: 2)) == [[2, 4], [2]])
    }

    @Test func `the extended offset table goes before, and its lengths cut padding`() throws {
        let bytes = Self.items(table: [0, 10], [[1, 2], [3, 4, 5, 6], [7, 8]])
        let index = try Self.index(bytes, frames: 2, extended: [0, 22], lengths: [5, 1])
        #expect(Self.groups(index) == [[2, 4], [2]])
        #expect([index.byteCount(of: 0), index.byteCount(of: 1)] == [5, 1])
    }

    @Test(arguments: [[0, 7], [4, 22], [22, 0], [0], [0, 0]] as [[UInt32]])
    func `a wrong table is not used; streams tell where frames begin`(table: [UInt32]) throws {
        let bytes = Self.items(table: table, [Self.soi, [3, 4], Self.soi])
        let index = try Self.index(bytes, frames: 2)
        #expect(Self.groups(index) == [[4, 2], [4]])
        #expect(index.defects == [DICOMPixelDefect(.unusableOffsetTable)])
    }

    @Test func `what looks like a delimiter inside of a fragment is not one`() throws {
        let inner: [UInt8] = Self.soi + [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
        let index = try Self.index(Self.items([inner, [1, 2], Self.soi]), frames: 2)
        #expect(Self.groups(index) == [[12, 2], [4]])
    }

    @Test func `a missing delimiter and a cut fragment are defects`() throws {
        let open = Self.items([[1, 2], [3, 4, 5, 6]], isClosed: false)
        let index = try Self.index(open, frames: 2)
        #expect(Self.groups(index) == [[2], [4]] && index.defects == [DICOMPixelDefect(.missingDelimiter)])
        let cut = try Self.index(Array(open.dropLast(3)), frames: 2)
        #expect(Self.groups(cut) == [[2], [1]] && cut.defects == [DICOMPixelDefect(.missingDelimiter)])
        let few = try Self.index(open, frames: 3)
        #expect(few.defects.contains(DICOMPixelDefect(.missingFrames(expected: 3, found: 2))))
    }

    @Test(arguments: [1, 2]) func `frames beyond the number are left out with a remark`(frames: Int) throws {
        let streams = Self.items([Self.soi, [3, 4], Self.soi, [5, 6], Self.soi, [7, 8]])
        let index = try Self.index(streams, frames: frames)
        #expect(Self.groups(index) == [[Int]](repeating: [4, 2], count: frames))
        #expect(index.defects == [DICOMPixelDefect(.excessFrames(expected: frames, found: 3))])
        // Every frame of run lengths is one fragment.
        let runs = try Self.index(Self.items([[1, 2], [3, 4], [5, 6]]), frames: frames, isRunLengths: true)
        #expect(Self.groups(runs) == [[Int]](repeating: [2], count: frames))
        #expect(runs.defects == [DICOMPixelDefect(.excessFrames(expected: frames, found: 3))])
        // A table of three frames agrees with the streams, so that it is not called unusable.
        let table = try Self.index(
            Self.items(table: [0, 12, 24], [Self.soi, Self.soi, Self.soi]), frames: frames)
        #expect(table.defects == [DICOMPixelDefect(.excessFrames(expected: frames, found: 3))])
        #expect(Self.groups(table) == [[Int]](repeating: [4], count: frames))
    }

    @Test func `frames beyond the number do not stop a strict reader`() throws {
        // One segment of two literal bytes: the frame of one row of two pixels.
        func frame(_ a: UInt8, _ b: UInt8) -> [UInt8] {
            [1, 0, 0, 0, 64] + [UInt8](repeating: 0, count: 59) + [1, a, b, 0]
        }
        let pixels = HandmadePixels(
            rows: 1, allocated: 8, stored: 8, frames: 1, syntax: "1.2.840.10008.1.2.5",
            pixels: .fragments([frame(7, 9), frame(1, 2)]))
        let strict = DICOMPixelOptions(isStrict: true)
        #expect(try pixels.values(strict) == [7, 9])
        #expect(try pixels.reader(strict).defects == [DICOMPixelDefect(.excessFrames(expected: 1, found: 2))])
    }

    @Test func `more fragments than allowed are refused`() throws {
        let source = ByteSource(bytes: Self.items((0..<101).map { _ in [1, 2] }))
        #expect(throws: FormatError.self) { try DICOMFragments(source, from: 0, to: nil, limit: 100) }
    }

    @Test func `encapsulated uncompressed data of two frames`() throws {
        let pixels = HandmadePixels(
            rows: 1, frames: 2, syntax: "1.2.840.10008.1.2.1.98", pixels: .fragments([[1, 0, 2, 0], [3, 0, 4, 1]]))
        #expect(try pixels.values(frame: 0) == [1, 2])
        #expect(try pixels.values(frame: 1) == [3, 260])
    }
}
