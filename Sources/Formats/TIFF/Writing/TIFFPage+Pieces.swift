public import ImageCore

extension TIFFPage {
    /// Width and height of a whole tile or strip.
    public var pieceSize: PixelSize {
        switch layout {
        case .tiles(let size): size
        case .strips(let rows): PixelSize(width: size.width, height: min(rows, size.height))
        }
    }

    /// Number of tiles side by side; 1 for strips.
    public var columns: Int { (size.width + pieceSize.width - 1) / pieceSize.width }

    /// Number of tiles or strips one below the other.
    public var rows: Int { (size.height + pieceSize.height - 1) / pieceSize.height }

    /// Bytes of one row of a tile or strip before compression.
    public var pieceRowBytes: Int { (pieceSize.width * samplesPerPixel * bitsPerSample + 7) / 8 }

    /// Pixel rows that are stored for the tiles of a row: those of a whole tile, or what is left for the last strip.
    public func storedHeight(row: Int) -> Int {
        if case .tiles = layout { return pieceSize.height }
        return min(pieceSize.height, size.height - row * pieceSize.height)
    }

    /// Bytes of a tile or strip before compression.
    public func pieceByteCount(row: Int) -> Int { pieceRowBytes * storedHeight(row: row) }

    /// What the color channels of the photometric are, without the extra samples.
    var colorSamples: Int {
        switch photometric {
        case .minIsBlack, .palette: 1
        case .rgb, .yCbCr: 3
        case .cmyk: 4
        }
    }

    /// Says why a page cannot be written, or nothing.
    func problem() -> String? {
        if size.width <= 0 || size.height <= 0 { return "a page of \(size.width) x \(size.height) pixels" }
        if size.width > Int(UInt32.max) || size.height > Int(UInt32.max) { return "a side beyond 32 bits" }
        let piece = pieceSize
        if piece.width <= 0 || piece.height <= 0 { return "tiles or strips without pixels" }
        if case .tiles = layout, piece.width % 16 != 0 || piece.height % 16 != 0 {
            return "tiles of \(piece.width) x \(piece.height), not multiples of 16"
        }
        if ![1, 8, 16, 32, 64].contains(bitsPerSample) { return "\(bitsPerSample) bits per sample" }
        if samplesPerPixel < colorSamples || samplesPerPixel > Int(UInt16.max) {
            return "\(samplesPerPixel) samples per pixel for \(photometric)"
        }
        if photometric == .palette, colorMap?.count != 3 << min(bitsPerSample, 16) || bitsPerSample > 16 {
            return "a palette page without a color map of 2^\(bitsPerSample) colors"
        }
        return compressionProblem()
    }

    private func compressionProblem() -> String? {
        switch compression {
        case .none:
            usesPredictor ? "a predictor without compression" : nil
        case .deflate(let level):
            !(1...12).contains(level)
                ? "deflate level \(level)" : usesPredictor && bitsPerSample < 8 ? "a predictor on single bits" : nil
        case .jpeg:
            bitsPerSample != 8 || sampleFormat != .unsigned || usesPredictor ? "JPEG of other than 8-bit samples" : nil
        }
    }
}
