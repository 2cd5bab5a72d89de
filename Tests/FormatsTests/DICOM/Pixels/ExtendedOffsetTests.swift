import TestSupport
import Testing

@testable import Formats

/// Extended Offset Table (7FE0,0001) and its lengths (7FE0,0002), read from the bytes of a file; PS3.3 C.7.6.3.1.8.
@Suite struct ExtendedOffsetTests {
    /// 64-bit numbers.
    private func table(_ numbers: [UInt64]) -> DICOMTestDataSet.Value {
        .bytes("OV", numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
    }

    /// Two frames of two pixels, uncompressed in fragments: an item's header has 8 bytes.
    private func pixels(_ fragments: [[UInt8]], offsets: [UInt64]?, lengths: [UInt64]? = nil) -> HandmadePixels {
        var pixels = HandmadePixels(
            rows: 1, frames: 2, syntax: "1.2.840.10008.1.2.1.98", pixels: .fragments(fragments))
        if let offsets { pixels.more[0x7FE0_0001] = table(offsets) }
        if let lengths { pixels.more[0x7FE0_0002] = table(lengths) }
        return pixels
    }

    @Test func `the table says which fragments make a frame`() throws {
        // Three fragments for two frames: nothing else tells where the second begins.
        let split = pixels([[1, 0], [2, 0], [3, 0, 4, 1]], offsets: [0, 20], lengths: [4, 4])
        #expect(try split.values(frame: 0) == [1, 2])
        #expect(try split.values(frame: 1) == [3, 260])
        #expect(try split.reader().defects.isEmpty)
        let other = pixels([[1, 0, 2, 0], [3, 0], [4, 1]], offsets: [0, 12])
        #expect(try other.values(frame: 0) == [1, 2])
        #expect(try other.values(frame: 1) == [3, 260])
    }

    @Test(
        arguments: [
            ([0, 1 << 40], [4, 4]), ([0, UInt64.max], [4, 4]), ([12, 0], [4, 4]), ([0, 5], [4, 4]), ([0], [4]),
            ([0, 0], [4, 4]), ([0, 12], [4, 400]), ([0, 12], [4]),
        ] as [([UInt64], [UInt64])])
    func `a wrong table is not used, and told`(offsets: [UInt64], lengths: [UInt64]) throws {
        let wrong = pixels([[1, 0, 2, 0], [3, 0, 4, 1]], offsets: offsets, lengths: lengths)
        #expect(try wrong.values(frame: 0) == [1, 2])
        #expect(try wrong.values(frame: 1) == [3, 260])
        #expect(try wrong.reader().defects.contains { $0.kind == .unusableOffsetTable })
    }
}
