/// How stored rows and columns stand to the picture: tag 0x0112 of EXIF 2.32 and TIFF 6.0.
package struct EXIFOrientation: Sendable, Hashable {
    /// 1 to 8, as in the standards.
    package let value: Int

    /// `nil` for a number that the standards do not define.
    package init?(value: Int) {
        guard (1...8).contains(value) else { return nil }
        self.value = value
    }

    /// Reads the tag from an EXIF block; `nil` without one.
    package init?(exif: [UInt8]) {
        guard exif.count >= 8, exif[0] == exif[1], exif[0] == 0x49 || exif[0] == 0x4D else { return nil }
        let isLittle = exif[0] == 0x49
        func number(_ offset: Int, _ bytes: Int) -> Int? {
            guard offset >= 0, offset <= exif.count - bytes else { return nil }
            let part = exif[offset..<offset + bytes]
            return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
        for i in 0..<count {
            let entry = directory + 2 + 12 * i
            guard let tag = number(entry, 2) else { return nil }
            guard tag == 0x0112 else { continue }
            guard number(entry + 2, 2) == 3, let value = number(entry + 8, 2) else { return nil }
            self.init(value: value)
            return
        }
        return nil
    }

    /// Whether width and height change places.
    package var swapsAxes: Bool { value >= 5 }

    /// Moves pixels into the place where they are looked at.
    ///
    /// - Parameters:
    ///   - stored: `width · height` pixels of `pixelBytes` bytes as they are stored.
    ///   - upright: As many bytes; `height · width` pixels when ``swapsAxes``.
    ///   - width: Pixels in a stored row.
    ///   - height: Stored rows.
    ///   - pixelBytes: Bytes of one pixel.
    package func apply(
        _ stored: Span<UInt8>, to upright: inout MutableSpan<UInt8>, width: Int, height: Int, pixelBytes: Int
    ) {
        precondition(stored.count == width * height * pixelBytes && upright.count == stored.count, "whole images")
        // One step along x and along y in the upright image, as steps in the stored one; and where its corner lies.
        let (right, down) = (1, width)
        let (endX, endY) = (width - 1, (height - 1) * width)
        let (start, stepX, stepY): (Int, Int, Int) =
            switch value {
            case 2: (endX, -right, down)
            case 3: (endX + endY, -right, -down)
            case 4: (endY, right, -down)
            case 5: (0, down, right)
            case 6: (endY, -down, right)
            case 7: (endX + endY, -down, -right)
            case 8: (endX, down, -right)
            default: (0, right, down)
            }
        let (columns, rows) = swapsAxes ? (height, width) : (width, height)
        var target = 0
        for y in 0..<rows {
            for x in 0..<columns {
                let source = (start + y * stepY + x * stepX) * pixelBytes
                for i in 0..<pixelBytes { upright[target + i] = stored[source + i] }
                target += pixelBytes
            }
        }
    }
}
