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
        let i = offset - start
        let (first, second) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
        return bigEndian ? first << 8 | second : second << 8 | first
    }

    /// A number of 32 bits.
    @inline(__always)
    func uint32(_ offset: Int, bigEndian: Bool) -> UInt32 {
        let first = UInt32(uint16(offset, bigEndian: bigEndian))
        let second = UInt32(uint16(offset + 2, bigEndian: bigEndian))
        return bigEndian ? first << 16 | second : second << 16 | first
    }

    /// A tag.
    @inline(__always)
    func tag(_ offset: Int, bigEndian: Bool) -> DICOMTag {
        DICOMTag(uint16(offset, bigEndian: bigEndian), uint16(offset + 2, bigEndian: bigEndian))
    }
}
