import ImageCore

/// Cuts tiles or strips out of the interleaved samples of a page.
struct TIFFPieceCutter {
    private let page: TIFFPage
    /// Bytes of a pixel in memory: one for each sample of a single bit.
    private let pixelBytes: Int

    init(_ page: TIFFPage) {
        self.page = page
        pixelBytes = page.samplesPerPixel * max(1, page.bitsPerSample / 8)
    }

    /// The bytes of one piece as they are compressed; what lies outside of the page is 0.
    func piece(of samples: RawSpan, column: Int, row: Int) -> [UInt8] {
        precondition(samples.byteCount == page.size.width * page.size.height * pixelBytes, "the samples of a page")
        var piece = [UInt8](repeating: 0, count: page.pieceByteCount(row: row))
        let (x, y) = (column * page.pieceSize.width, row * page.pieceSize.height)
        let count = min(page.pieceSize.width, page.size.width - x) * pixelBytes
        unsafe samples.withUnsafeBytes { source in
            unsafe piece.withUnsafeMutableBytes { target in
                for line in 0..<min(page.pieceSize.height, page.size.height - y) {
                    let first = ((y + line) * page.size.width + x) * pixelBytes
                    let from = unsafe UnsafeRawBufferPointer(rebasing: source[first..<first + count])
                    let to = unsafe UnsafeMutableRawBufferPointer(rebasing: target[(line * page.pieceRowBytes)...])
                    if page.bitsPerSample == 1 {
                        unsafe packBits(from, to)
                    } else {
                        unsafe to.copyMemory(from: from)
                    }
                }
            }
        }
        return piece
    }

    /// Eight samples a byte, the first in the highest bit.
    private func packBits(_ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) {
        for i in 0..<source.count where unsafe source[i] != 0 {
            unsafe target[i >> 3] |= 0x80 >> UInt8(i & 7)
        }
    }
}
