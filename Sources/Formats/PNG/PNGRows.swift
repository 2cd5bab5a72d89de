import ImageCore

/// Copies the samples of one row.
func copyRow(_ samples: Span<UInt8>, from start: Int, into row: inout MutableSpan<UInt8>) {
    let source = samples.extracting(start..<start + row.count)
    for i in 0..<row.count { row[i] = source[i] }
}

/// Writes 16-bit samples of one row, the most significant byte first.
func swapRow(_ samples: Span<UInt16>, from start: Int, into row: inout MutableSpan<UInt8>) {
    let source = samples.extracting(start..<start + row.count / 2)
    for i in 0..<source.count {
        row[2 * i] = UInt8(truncatingIfNeeded: source[i] >> 8)
        row[2 * i + 1] = UInt8(truncatingIfNeeded: source[i])
    }
}

/// Packs the pixels of one row, eight to a byte, the first in the highest bit.
func packRow(_ samples: Span<Bool>, from start: Int, count: Int, into row: inout MutableSpan<UInt8>) {
    let source = samples.extracting(start..<start + count)
    for i in 0..<row.count {
        var byte: UInt8 = 0
        for bit in 0..<8 where 8 * i + bit < count && source[8 * i + bit] { byte |= 0x80 >> UInt8(bit) }
        row[i] = byte
    }
}

extension Span<UInt8> {
    /// Checks that every label has a color.
    func check(paletteCount: Int) throws(FormatError) {
        var largest: UInt8 = 0
        for i in 0..<count { largest = max(largest, self[i]) }
        guard Int(largest) < paletteCount || count == 0 else {
            throw FormatError(
                .invalidRequest, file: PNGTarget.name,
                expected: "labels below the \(paletteCount) colors of the palette",
                found: "label \(largest)")
        }
    }
}

extension Image {
    /// The same image as rows of interleaved pixels.
    func arrangedForPNG() throws(FormatError) -> Image {
        let fits: Bool =
            switch Set(axes) {
            case [.y, .x]: true
            case [.y, .x, .channel]: true
            default: false
            }
        guard fits else {
            throw FormatError(
                .unsupported, file: PNGTarget.name, expected: "the axes y, x and channel", found: "\(axes)")
        }
        let colors: Set<ColorModel> = [.gray, .grayAlpha, .rgb, .rgba, .labels, .unspecified]
        guard colors.contains(color), color.channelCount == nil || color.channelCount == channels else {
            throw FormatError(
                .unsupported, file: PNGTarget.name, expected: "gray, RGB or labels with their channels",
                found: "\(color.rawValue) with \(channels) channels")
        }
        return permuted(to: axes.contains(.channel) ? [.y, .x, .channel] : [.y, .x]).contiguous()
    }
}

extension PNGTarget {
    /// What is to be written of an image that is arranged as rows.
    init<Scalar>(_ image: Image<Scalar>, bitDepth: Int, palette: [UInt8]? = nil) throws(FormatError) {
        try self.init(
            width: image.width, height: image.height, channels: image.channels, bitDepth: bitDepth, palette: palette)
        geometry = image.geometry
        if case .bytes(let profile) = image.metadata["icc"] { icc = profile }
        // A block that names another orientation than the image has would turn it a second time.
        guard case .bytes(let block) = image.metadata["exif"] else { return }
        let found = EXIFOrientation(exif: block).map { MetadataValue.integer($0.value) }
        if found == nil || found == image.metadata["orientation"] { exif = block }
    }
}
