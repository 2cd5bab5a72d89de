import Foundation
import TestSupport

/// A gzip member (RFC 1952) of stored blocks, put together byte by byte, so that each part of it can be wrong.
struct GzipMember {
    var content: [UInt8]
    /// FTEXT 1, FHCRC 2, FEXTRA 4, FNAME 8, FCOMMENT 16.
    var flags: UInt8 = 0
    /// Bits of the checksum that are flipped.
    var checksumDamage: UInt32 = 0
    /// Bits of the length that are flipped.
    var lengthDamage: UInt32 = 0
    var blockLength = 5000

    var bytes: [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3]
        if flags & 4 != 0 { bytes += [5, 0] + Array("ab\u{1}\0c".utf8) }
        if flags & 8 != 0 { bytes += Array("volume.nii\0".utf8) }
        if flags & 16 != 0 { bytes += Array("a comment\0".utf8) }
        if flags & 2 != 0 { bytes += littleEndian(CRC32.of(bytes.span)).prefix(2) }
        for start in stride(from: 0, through: content.count, by: blockLength) {
            let part = content[start..<min(content.count, start + blockLength)]
            let (low, high) = (UInt8(part.count & 255), UInt8(part.count >> 8))
            bytes += [start + blockLength > content.count ? 1 : 0, low, high, ~low, ~high] + part
        }
        return bytes + littleEndian(CRC32.of(content.span) ^ checksumDamage)
            + littleEndian(UInt32(truncatingIfNeeded: content.count) ^ lengthDamage)
    }

    private func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}
