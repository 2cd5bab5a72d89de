/// The checksum of gzip and PNG (polynomial 0xEDB88320), as Python's `zlib.crc32` computes it.
public enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// The checksum of some bytes.
    public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        let table = table
        var value: UInt32 = 0xffff_ffff
        for i in 0..<bytes.count {
            value = table[Int(UInt8(truncatingIfNeeded: value) ^ bytes[i])] ^ (value >> 8)
        }
        return ~value
    }
}
