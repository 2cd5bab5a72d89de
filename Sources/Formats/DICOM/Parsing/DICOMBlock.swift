/// A run of a file's bytes in memory, addressed by their offsets in the file.
struct DICOMBlock: Sendable {
    /// Offset of the first byte.
    var start: Int
    var bytes: [UInt8]

    var end: Int { start + bytes.count }

    func contains(_ offset: Int, count: Int) -> Bool {
        offset >= start && offset <= end && count >= 0 && count <= end - offset
    }

    /// A number of 16 bits.
    @inline(__always)
    func uint16(_ offset: Int, bigEndian: Bool) -> UInt16 {
        // Checked against the bounds; any bits are a number.
        let word = unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset - start, as: UInt16.self)
        return bigEndian ? UInt16(bigEndian: word) : UInt16(littleEndian: word)
    }

    /// A number of 32 bits.
    @inline(__always)
    func uint32(_ offset: Int, bigEndian: Bool) -> UInt32 {
        let word = unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset - start, as: UInt32.self)
        return bigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    /// A tag.
    @inline(__always)
    func tag(_ offset: Int, bigEndian: Bool) -> DICOMTag {
        DICOMTag(uint16(offset, bigEndian: bigEndian), uint16(offset + 2, bigEndian: bigEndian))
    }
}
