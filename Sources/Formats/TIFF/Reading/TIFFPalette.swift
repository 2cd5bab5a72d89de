import ImageCore

/// The colors that the samples of a palette image stand for.
struct TIFFPalette: Sendable {
    /// All reds, all greens, all blues, as the file has them.
    let entries: [UInt16]
    /// Whether 8 bits say everything: the low byte of each entry is 0 or repeats the high one, or no entry passes 255
    /// (files by writers that forgot to scale).
    let isEightBit: Bool
    private let isUnscaled: Bool

    init(entries: [UInt16]) {
        self.entries = entries
        isUnscaled = entries.allSatisfy { $0 < 256 }
        isEightBit = isUnscaled || entries.allSatisfy { $0 & 255 == 0 || $0 & 255 == $0 >> 8 }
    }

    /// The type of the colors.
    var kind: ScalarKind { isEightBit ? .uint8 : .uint16 }

    /// Number of colors.
    var count: Int { entries.count / 3 }

    /// Replaces indices by colors; indices beyond the palette cannot be, it has one entry for each.
    func expand<Index: FixedWidthInteger>(_ indices: Span<Index>, into colors: inout MutableSpan<UInt8>) {
        for i in 0..<indices.count {
            for channel in 0..<3 {
                let entry = entries[channel * count + Int(indices[i])]
                colors[3 * i + channel] = UInt8(isUnscaled ? entry : entry >> 8)
            }
        }
    }

    /// Replaces indices by 16-bit colors.
    func expand<Index: FixedWidthInteger>(_ indices: Span<Index>, into colors: inout MutableSpan<UInt16>) {
        for i in 0..<indices.count {
            for channel in 0..<3 { colors[3 * i + channel] = entries[channel * count + Int(indices[i])] }
        }
    }
}
