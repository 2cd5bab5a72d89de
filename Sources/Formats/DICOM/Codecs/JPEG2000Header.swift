/// What the first markers of a JPEG 2000 codestream say: the SIZ marker segment, ISO/IEC 15444-1 A.5.1, and what follows it.
struct JPEG2000Header {
    /// Where the codestream begins: 0, or behind the boxes of a JP2 file.
    let start: Int
    let columns: Int
    let rows: Int
    let components: Int
    let tileColumns: Int
    let tileRows: Int
    /// Whether the blocks may be coded for high throughput (part 15).
    let isHighThroughput: Bool
    /// Whether the first three components are transformed to other colors, which decoding undoes.
    let isColorTransformed: Bool

    /// Reads the markers; `nil` when they cannot be right.
    init?(_ data: RawSpan) {
        func byte(_ i: Int) -> Int { Int(unsafe data.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self)) }
        func word(_ i: Int) -> Int { byte(i) << 8 | byte(i + 1) }
        func long(_ i: Int) -> Int { word(i) << 16 | word(i + 2) }
        guard let start = Self.codestream(data.byteCount, long, word), start + 44 <= data.byteCount,
            word(start) == 0xFF4F, word(start + 2) == 0xFF51
        else { return nil }
        self.start = start
        let siz = start + 4
        let (right, bottom, left, top) = (long(siz + 4), long(siz + 8), long(siz + 12), long(siz + 16))
        let (tileWidth, tileHeight, tileLeft, tileTop) = (
            long(siz + 20), long(siz + 24), long(siz + 28), long(siz + 32)
        )
        guard right > left, bottom > top, tileWidth > 0, tileHeight > 0, tileLeft <= left, tileTop <= top else {
            return nil
        }
        (columns, rows, components) = (right - left, bottom - top, word(siz + 36))
        tileColumns = (right - tileLeft + tileWidth - 1) / tileWidth
        tileRows = (bottom - tileTop + tileHeight - 1) / tileHeight
        var (high, transformed) = (false, false)
        var position = siz + word(siz)
        while position + 4 <= data.byteCount, byte(position) == 0xFF, word(position) != 0xFF90 {
            let length = word(position + 2)
            guard length >= 2, position + 2 + length <= data.byteCount else { break }
            if word(position) == 0xFF50 { high = true }
            if word(position) == 0xFF52, length >= 9 { transformed = byte(position + 8) != 0 }
            position += 2 + length
        }
        (isHighThroughput, isColorTransformed) = (high, transformed)
    }

    /// Steps over the boxes of a JP2 file.
    private static func codestream(_ count: Int, _ long: (Int) -> Int, _ word: (Int) -> Int) -> Int? {
        guard count >= 12 else { return nil }
        guard long(0) == 12, long(4) == 0x6A50_2020 else { return 0 }
        var position = 0
        while position + 8 <= count {
            let isWide = long(position) == 1 && position + 16 <= count
            if long(position + 4) == 0x6A70_3263 { return position + (isWide ? 16 : 8) }
            let length = isWide ? long(position + 8) << 32 | long(position + 12) : long(position)
            guard length >= 8, length <= count - position else { return nil }
            position += length
        }
        return nil
    }
}
