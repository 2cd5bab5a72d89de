import CTIFFShim
import ImageCore

/// How the tiles or strips of a frame cover it.
struct TIFFPieceGrid {
    let frame: TIFFFrame
    /// Size of a whole piece in pixels.
    let width: Int
    let height: Int
    /// Pieces side by side, and one below the other.
    let columns: Int
    let rows: Int
    /// Samples of a pixel in one piece: all of them, or one where planes are stored.
    let channels: Int
    /// Bytes of a row of a piece before unpacking.
    let rowBytes: Int

    init(_ frame: TIFFFrame) {
        self.frame = frame
        width = max(1, Int(frame.tags.piece_width))
        height = max(1, Int(frame.tags.piece_height))
        columns = (frame.width + width - 1) / width
        rows = (frame.height + height - 1) / height
        channels = frame.planes > 1 ? 1 : frame.channels
        rowBytes = (width * channels * Int(frame.tags.bits_per_sample) + 7) / 8
    }

    /// Rows that the pieces of a row store: all for tiles, what is left for the last strip.
    func storedHeight(_ row: Int) -> Int {
        frame.tags.is_tiled != 0 ? height : min(height, frame.height - row * height)
    }

    /// Checks that libtiff counts pieces and their bytes alike.
    func check(_ handle: LibTIFF, file: String) throws(FormatError) {
        let pieces = columns * rows * frame.planes
        guard Int(frame.tags.piece_count) >= pieces else {
            throw FormatError(
                .corrupt, file: file, place: frame.place, expected: "\(pieces) tiles or strips",
                found: "\(frame.tags.piece_count)")
        }
        let expected = rowBytes * height
        let counted = handle.pieceByteCount
        guard counted == expected else {
            throw FormatError(
                .unsupported, file: file, place: frame.place, expected: "\(expected) bytes in a tile or strip",
                found: "\(counted)")
        }
    }

    /// Unpacks the part of a piece that lies inside the frame.
    func put(
        _ piece: [UInt8], column: Int, row: Int, plane: Int, planes: Int, _ unpacker: TIFFUnpacker,
        into bytes: inout MutableRawSpan
    ) {
        let (x, y) = (column * width, row * height)
        let count = min(width, frame.width - x) * channels
        unsafe piece.withUnsafeBytes { source in
            unsafe bytes.withUnsafeMutableBytes { target in
                for line in 0..<min(height, frame.height - y) {
                    let first = (((y + line) * frame.width + x) * frame.channels + plane) * unpacker.sampleBytes
                    let from = unsafe UnsafeRawBufferPointer(rebasing: source[(line * rowBytes)...])
                    let to = unsafe UnsafeMutableRawBufferPointer(rebasing: target[first...])
                    unsafe unpacker.unpack(from, to: to, count: count, step: planes)
                }
            }
        }
    }
}
