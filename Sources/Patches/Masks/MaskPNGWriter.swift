import Formats
import ImageCore

/// Writes a mask as PNG, a band of rows at a time: memory does not grow with the height of the mask.
struct MaskPNGWriter {
    let picture: MaskPicture

    /// Rows that are painted at one time.
    private static let bandHeight = 64

    /// Writes the file.
    ///
    /// - Throws: ``FormatError``; nothing is left of a file that could not be written.
    func write(to path: String, isCancelled: () -> Bool) throws(FormatError) {
        let size = picture.pyramid.levels[0].size
        let writer = try PNGRowWriter(
            path: path, width: size.width, height: size.height, channels: 1,
            bitDepth: picture.maxLabel > 255 ? 16 : 8)
        for y in stride(from: 0, to: size.height, by: Self.bandHeight) {
            if isCancelled() { throw FormatError(.interrupted, file: path, found: "interrupted") }
            let rect = PixelRect(x: 0, y: y, width: size.width, height: min(Self.bandHeight, size.height - y))
            let labels = picture.painters[0].labels(in: rect)
            if picture.maxLabel > 255 {
                try writer.write(rows: labels.samples)
            } else {
                try writer.write(rows: labels.lowBytes().samples)
            }
        }
        try writer.finish()
    }
}
