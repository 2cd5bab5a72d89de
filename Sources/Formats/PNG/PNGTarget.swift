import ImageCore

/// What an encoder is about to write: the header and the chunks before the pixels.
struct PNGTarget {
    var width: Int
    var height: Int
    var bitDepth: Int
    var colorType: PNGHeader.ColorType
    /// Red, green, blue of each index.
    var palette: [UInt8]?
    var geometry: Geometry?
    var icc: [UInt8]?
    var exif: [UInt8]?

    /// The name that errors carry when no file is meant.
    static let name = "PNG"

    /// - Throws: `invalidRequest` for a size that the format cannot hold or channels without a color type.
    init(width: Int, height: Int, channels: Int, bitDepth: Int, palette: [UInt8]? = nil) throws(FormatError) {
        guard (1..<1 << 31).contains(width), (1..<1 << 31).contains(height) else {
            throw FormatError(
                .invalidRequest, file: Self.name, expected: "a size from 1 to 2147483647", found: "\(width) x \(height)"
            )
        }
        (self.width, self.height, self.bitDepth, self.palette) = (width, height, bitDepth, palette)
        switch channels {
        case 1: colorType = palette == nil ? .gray : .palette
        case 2: colorType = .grayAlpha
        case 3: colorType = .rgb
        case 4: colorType = .rgba
        default:
            throw FormatError(.unsupported, file: Self.name, expected: "1 to 4 channels", found: "\(channels)")
        }
        if let palette {
            guard channels == 1, bitDepth <= 8, palette.count % 3 == 0, (1...1 << bitDepth).contains(palette.count / 3)
            else {
                throw FormatError(
                    .invalidRequest, file: Self.name,
                    expected: "a palette of 1 to \(1 << min(bitDepth, 8)) colors of 3 bytes, for one channel",
                    found: "\(palette.count) bytes, \(channels) channels of \(bitDepth) bits")
            }
        }
    }

    /// Bytes of one row as PNG stores it.
    var rowBytes: Int { (width * colorType.channels * bitDepth + 7) / 8 }

    /// Distance in bytes between neighboring pixels, at least 1.
    var pixelBytes: Int { max(1, colorType.channels * bitDepth / 8) }

    /// Pixels per metre along x and y, when the geometry gives a number that the format can hold.
    var pixelsPerMetre: (x: UInt32, y: UInt32)? {
        guard let spacing = geometry?.spacingMillimetres else { return nil }
        let (x, y) = ((1000 / spacing.x).rounded(), (1000 / spacing.y).rounded())
        guard x >= 1, y >= 1, x < 0x1p31, y < 0x1p31 else { return nil }
        return (UInt32(x), UInt32(y))
    }
}
