/// A directory as it will lie in the file: entries, the link to the next one, then the values that do not fit an entry.
struct TIFFDirectory {
    /// The entries, in ascending order of their tags as the format asks.
    let fields: [TIFFField]

    init(_ fields: [TIFFField]) { self.fields = fields.sorted { $0.tag.rawValue < $1.tag.rawValue } }

    /// The directory's bytes, a multiple of 8, when it starts at a multiple of 8.
    ///
    /// - Parameters:
    ///   - offset: Where the directory will start.
    ///   - isBig: BigTIFF instead of classic TIFF.
    ///   - isLast: No directory follows; otherwise the next one follows at once.
    /// - Returns: The bytes.
    func serialized(at offset: Int, isBig: Bool, isLast: Bool) -> [UInt8] {
        let entryBytes = isBig ? 20 : 12
        let inlineBytes = isBig ? 8 : 4
        let head = (isBig ? 8 : 2) + fields.count * entryBytes + inlineBytes
        var entries = isBig ? littleEndian(UInt64(fields.count)) : littleEndian(UInt16(fields.count))
        var values = [UInt8](repeating: 0, count: padding(head))
        for field in fields {
            entries += littleEndian(field.tag.rawValue) + littleEndian(field.kind.rawValue)
            entries += Self.word(field.count, isBig)
            if field.bytes.count <= inlineBytes {
                entries += field.bytes + [UInt8](repeating: 0, count: inlineBytes - field.bytes.count)
            } else {
                entries += Self.word(offset + head + values.count, isBig)
                values += field.bytes + [UInt8](repeating: 0, count: padding(field.bytes.count))
            }
        }
        entries += Self.word(isLast ? 0 : offset + head + values.count, isBig)
        return entries + values
    }

    /// A count or offset: 64 bits in BigTIFF, else 32, where what does not fit is caught by the size of the whole.
    static func word(_ value: Int, _ isBig: Bool) -> [UInt8] {
        isBig ? littleEndian(UInt64(value)) : littleEndian(UInt32(truncatingIfNeeded: value))
    }
}

/// Bytes that are missing to a multiple of 8.
func padding(_ count: Int) -> Int { -count & 7 }
