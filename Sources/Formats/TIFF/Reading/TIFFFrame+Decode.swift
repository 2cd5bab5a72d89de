import CTIFFShim
import ImageCore

extension TIFFFrame {
    /// Decodes all pieces and does what the tags ask for.
    func decode(with handle: LibTIFF, file: String, into bytes: inout MutableRawSpan) throws(FormatError) {
        let moves = orientation.map { $0.value != 1 } ?? false
        guard palette != nil || moves else {
            try decodeStored(with: handle, file: file, into: &bytes)
            return
        }
        var stored = [UInt8](repeating: 0, count: storedByteCount)
        var span = stored.mutableSpan
        var raw = unsafe span.mutableBytes
        try decodeStored(with: handle, file: file, into: &raw)
        guard let palette else { return orient(stored.span, into: &bytes) }
        guard moves else { return expand(stored, palette, into: &bytes) }
        var colors = [UInt8](repeating: 0, count: bytes.byteCount)
        var colorSpan = colors.mutableSpan
        var colorBytes = unsafe colorSpan.mutableBytes
        expand(stored, palette, into: &colorBytes)
        orient(colors.span, into: &bytes)
    }

    private func orient(_ stored: Span<UInt8>, into bytes: inout MutableRawSpan) {
        var upright = unsafe bytes._unsafeMutableView(as: UInt8.self)
        orientation?.apply(
            stored, to: &upright, width: width, height: height, pixelBytes: stored.count / (width * height))
    }

    private func decodeStored(
        with handle: LibTIFF, file: String, into bytes: inout MutableRawSpan
    ) throws(FormatError) {
        switch source {
        case .samples: try decodeSamples(with: handle, file: file, into: &bytes)
        case .rgba: try decodeRGBA(with: handle, into: &bytes)
        }
        if let invertedBits { invert(&bytes, bits: invertedBits) }
        if let premultipliedBits { divideByAlpha(&bytes, bits: premultipliedBits) }
    }

    // MARK: Pieces

    private func decodeSamples(
        with handle: LibTIFF, file: String, into bytes: inout MutableRawSpan
    ) throws(FormatError) {
        let grid = TIFFPieceGrid(self)
        try grid.check(handle, file: file)
        let unpacker = TIFFUnpacker(unpacking: unpacking, sampleBytes: storedKind.byteCount)
        var piece = [UInt8](repeating: 0, count: grid.rowBytes * grid.height)
        for plane in 0..<planes {
            for row in 0..<grid.rows {
                for column in 0..<grid.columns {
                    let number = (plane * grid.rows + row) * grid.columns + column
                    let place = place(column: column, row: row, plane: plane)
                    let count = grid.rowBytes * grid.storedHeight(row)
                    if try handle.isStored(number, place: place) {
                        try handle.read(number, into: &piece, count: count, place: place)
                    } else {
                        // What is turned around afterwards becomes 0 then.
                        for i in piece.indices { piece[i] = invertedBits == nil ? 0 : 255 }
                    }
                    grid.put(
                        piece, column: column, row: row, plane: plane, planes: planes, unpacker, into: &bytes)
                }
            }
        }
    }

    private func decodeRGBA(with handle: LibTIFF, into bytes: inout MutableRawSpan) throws(FormatError) {
        let grid = TIFFPieceGrid(self)
        var target = unsafe bytes._unsafeMutableView(as: UInt8.self)
        var piece = [UInt8](repeating: 0, count: grid.width * grid.height * 4)
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let (x, y) = (column * grid.width, row * grid.height)
                try handle.readRGBA(
                    tags, x: x, y: y, rows: tags.is_tiled != 0 ? grid.height : min(grid.height, height - y),
                    into: &piece, place: place(column: column, row: row, plane: 0))
                for line in 0..<min(grid.height, height - y) {
                    for i in 0..<min(grid.width, width - x) {
                        let (from, to) = ((line * grid.width + i) * 4, ((y + line) * width + x + i) * 3)
                        for channel in 0..<3 { target[to + channel] = piece[from + channel] }
                    }
                }
            }
        }
    }
}
