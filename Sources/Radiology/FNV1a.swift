/// The 64-bit digest FNV-1a, which tells contents apart that nobody made to look alike.
struct FNV1a {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Adds a byte.
    mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// Adds the bytes of a number, the lowest first.
    mutating func add(_ number: UInt64) {
        var number = number
        for _ in 0..<8 {
            add(byte: UInt8(truncatingIfNeeded: number))
            number >>= 8
        }
    }

    /// 16 hexadecimal digits.
    var hex: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
