import ImageCore
import TestSupport
import Testing

@testable import Formats

/// RLE frames packed by hand: PS3.5 annex G.
@Suite struct RunLengthTests {
    /// A frame of segments with its header.
    static func frame(_ segments: [[UInt8]]) -> [UInt8] {
        var header = [UInt32(segments.count)]
        var offset = UInt32(64)
        for segment in segments {
            header.append(offset)
            offset += UInt32(segment.count)
        }
        header += [UInt32](repeating: 0, count: 16 - header.count)
        return header.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
            + segments.joined()
    }

    static func object(_ segments: [[UInt8]], allocated: Int, samples: Int = 1, rows: Int = 1, columns: Int = 4)
        -> HandmadePixels
    {
        HandmadePixels(
            rows: rows, columns: columns, samples: samples, allocated: allocated, stored: allocated,
            photometric: samples == 3 ? "RGB" : "MONOCHROME2", syntax: "1.2.840.10008.1.2.5",
            pixels: .fragments([frame(segments)]))
    }

    @Test func `literals, runs and nothing`() throws {
        // −128 does nothing; 2 is three literals; −3 repeats four times, one beyond the end.
        let segment: [UInt8] = [0x80, 2, 7, 8, 9, UInt8(bitPattern: -3), 5]
        #expect(try Self.object([segment], allocated: 8).values() == [7, 8, 9, 5])
    }

    @Test func `the first segment has the upper bytes`() throws {
        let segments: [[UInt8]] = [[UInt8(bitPattern: -3), 0x12], [3, 1, 2, 3, 4]]
        #expect(try Self.object(segments, allocated: 16).values() == [0x1201, 0x1202, 0x1203, 0x1204])
        let wide: [[UInt8]] = [[1, 0, 1], [1, 0, 0], [1, 0, 2], [1, 1, 255]]
        #expect(try Self.object(wide, allocated: 32, columns: 2).values() == [1, 0x0100_02FF])
    }

    @Test func `three samples have a segment each`() throws {
        let segments: [[UInt8]] = [[1, 1, 2], [1, 3, 4], [1, 5, 6]]
        #expect(try Self.object(segments, allocated: 8, samples: 3, columns: 2).values() == [1, 3, 5, 2, 4, 6])
    }

    @Test func `single bits are packed bytes, and every frame begins with a new one`() throws {
        var pixels = Self.object([[1, 0b1010_0101, 1]], allocated: 1, rows: 3, columns: 3)
        pixels.frames = 2
        pixels.pixels = .fragments([Self.frame([[1, 0b1010_0101, 1]]), Self.frame([[1, 0b11, 0]])])
        #expect(try pixels.values(frame: 0) == [1, 0, 1, 0, 0, 1, 0, 1, 1])
        #expect(try pixels.values(frame: 1) == [1, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func `a short segment is filled with 0, or refused`() throws {
        let pixels = Self.object([[1, 7, 8]], allocated: 8)
        #expect(try pixels.values() == [7, 8, 0, 0])
        var defect: DICOMPixelDefect?
        var bytes = [UInt8](repeating: 9, count: 4)
        var span = bytes.mutableSpan
        var target = unsafe span.mutableBytes
        defect = try pixels.reader().readStored(frame: 0, into: &target)
        #expect(defect == DICOMPixelDefect(.shortData(expected: 4, found: 2), frame: 0))
        #expect(throws: FormatError.self) { try pixels.values(DICOMPixelOptions(isStrict: true)) }
    }

    @Test func `headers that cannot be right are refused`() throws {
        #expect(throws: FormatError.self) { try Self.object([[1, 7, 8]], allocated: 16).values() }
        var pixels = Self.object([[1, 7, 8]], allocated: 8)
        pixels.pixels = .fragments([[1, 0, 0, 0, 64, 0]])
        #expect(throws: FormatError.self) { try pixels.values() }
        var frame = Self.frame([[1, 7, 8], [1, 7, 8]])
        frame[8] = 255
        frame[9] = 255
        pixels.pixels = .fragments([frame])
        #expect(throws: FormatError.self) { try pixels.values() }
    }
}
