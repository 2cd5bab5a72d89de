/// The checksum of PNG and zlib (ISO 3309), for comparing many samples with those of an independent reader quickly.
public enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }

    /// The checksum of all bytes.
    public static func of(_ bytes: Span<UInt8>) -> UInt32 {
        let table = table
        var value = UInt32.max
        for i in 0..<bytes.count { value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ bytes[i])] }
        return ~value
    }
}
