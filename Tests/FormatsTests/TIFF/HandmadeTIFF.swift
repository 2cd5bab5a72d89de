import Formats

/// A classic TIFF of one strip or tile put together byte by byte, for what no writer at hand can write.
struct HandmadeTIFF {
    /// Values of SHORT (or of LONG, for offsets) by tag.
    var tags: [UInt16: [UInt32]]
    /// The bytes of the strip or tile.
    var data: [UInt8]
    var isBigEndian = false

    /// Gray or color of so many bits in one strip.
    init(width: Int, height: Int, bits: Int, samples: Int = 1, photometric: UInt32 = 1, data: [UInt8]) {
        tags = [
            256: [UInt32(width)], 257: [UInt32(height)],
            258: Array(repeating: UInt32(bits), count: samples), 259: [1], 262: [photometric], 277: [UInt32(samples)],
            278: [UInt32(height)],
        ]
        self.data = data
    }

    /// The file: header, data, directory, values.
    ///
    /// Places of data stay as given where tags 273 or 324 are set.
    var bytes: [UInt8] {
        var tags = tags
        if tags[273] == nil && tags[324] == nil { tags[273] = [8] }
        if tags[279] == nil && tags[325] == nil { tags[279] = [UInt32(data.count)] }
        let start = 8 + data.count + data.count % 2
        var values: [UInt8] = []
        let valueStart = start + 2 + 12 * tags.count + 4
        var directory = number(UInt16(tags.count))
        for (tag, entries) in tags.sorted(by: { $0.key < $1.key }) {
            let isLong = [254, 273, 279, 324, 325, 330].contains(tag)
            let isRational = tag == 282 || tag == 283
            let coded = entries.flatMap { isLong || isRational ? number($0) : number(UInt16($0)) }
            directory += number(tag) + number(UInt16(isRational ? 5 : isLong ? 4 : 3))
            directory += number(UInt32(isRational ? 1 : entries.count))
            if coded.count <= 4 {
                directory += coded + [UInt8](repeating: 0, count: 4 - coded.count)
            } else {
                directory += number(UInt32(valueStart + values.count))
                values += coded
            }
        }
        let mark: [UInt8] = isBigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]
        let padding = [UInt8](repeating: 0, count: data.count % 2)
        return mark + number(UInt32(start)) + data + padding + directory + number(UInt32(0)) + values
    }

    var source: ByteSource { ByteSource(bytes: bytes, name: "handmade") }

    private func number<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
        let bytes = (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Integer($0 * 8)) }
        return isBigEndian ? bytes.reversed() : bytes
    }
}
