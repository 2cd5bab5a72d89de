/// Numbers and texts at fixed places of a binary header, of either byte order.
///
/// The bytes must be as long as the header is: reading past them is a programmer's error.
struct FieldReader {
    let bytes: [UInt8]
    let isBigEndian: Bool

    /// A whole number.
    func integer<Number: FixedWidthInteger>(at offset: Int, as _: Number.Type) -> Int {
        var value: Number = 0
        let size = MemoryLayout<Number>.size
        for i in 0..<size {
            let byte = bytes[offset + (isBigEndian ? size - 1 - i : i)]
            value |= Number(truncatingIfNeeded: byte) << Number(8 * i)
        }
        return Int(value)
    }

    /// A number of IEEE 754 binary32.
    func float(at offset: Int) -> Double {
        Double(Float(bitPattern: UInt32(integer(at: offset, as: UInt32.self))))
    }

    /// A number of IEEE 754 binary64.
    func double(at offset: Int) -> Double {
        Double(bitPattern: UInt64(bitPattern: Int64(integer(at: offset, as: Int64.self))))
    }

    /// A text that ends at its first zero byte, without blanks at its end.
    func text(at offset: Int, count: Int) -> String {
        var field = bytes[offset..<offset + count].prefix { $0 != 0 }
        while let last = field.last, last == 0x20 { field.removeLast() }
        return String(decoding: field, as: UTF8.self)
    }
}

/// A binary header that is put together field by field, little-endian.
struct FieldWriter {
    private(set) var bytes: [UInt8]

    /// A header of zeros.
    init(count: Int) { bytes = [UInt8](repeating: 0, count: count) }

    /// Sets a whole number.
    mutating func set<Number: FixedWidthInteger>(_ value: Number, at offset: Int) {
        for i in 0..<MemoryLayout<Number>.size {
            bytes[offset + i] = UInt8(truncatingIfNeeded: value >> Number(8 * i))
        }
    }

    /// Sets a number of IEEE 754 binary32.
    mutating func set(_ value: Float, at offset: Int) { set(value.bitPattern, at: offset) }

    /// Sets a number of IEEE 754 binary64.
    mutating func set(_ value: Double, at offset: Int) { set(value.bitPattern, at: offset) }

    /// Sets a text, cut at a whole character to fit a field that keeps a zero byte at its end.
    mutating func set(_ text: String, at offset: Int, count: Int) {
        var used = 0
        for character in text {
            let units = Array(String(character).utf8)
            guard used + units.count < count, !units.contains(0) else { return }
            for unit in units {
                bytes[offset + used] = unit
                used += 1
            }
        }
    }
}
