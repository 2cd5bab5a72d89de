public import ImageCore

extension TIFFPage {
    /// Compresses the samples of one tile or strip: a pure function that any number of threads may call at once.
    ///
    /// - Parameters:
    ///   - samples: Interleaved samples, ``pieceByteCount(row:)`` bytes in all; with 1 bit per sample packed into `UInt8`.
    ///   - row: Row of the tile, or number of the strip: the last strip may be shorter.
    /// - Returns: What ``TIFFPyramidWriter/writeTile(page:column:row:compressed:)`` takes.
    /// - Precondition: the number of bytes is right, and the compression is not JPEG (the caller brings JPEG streams).
    public func compress<Scalar: ImageScalar>(_ samples: Span<Scalar>, row: Int = 0) -> [UInt8] {
        compress(bytes: unsafe samples.bytes, row: row)
    }

    func compress(bytes samples: RawSpan, row: Int) -> [UInt8] {
        precondition(samples.byteCount == pieceByteCount(row: row), "samples of one whole tile or strip")
        switch compression {
        case .none:
            return Formats.bytes(of: samples)
        case .deflate(let level):
            guard usesPredictor else { return zlibCompress(samples, level: level) }
            var differences = Formats.bytes(of: samples)
            subtractNeighbors(&differences)
            return zlibCompress(unsafe differences.span.bytes, level: level)
        case .jpeg:
            preconditionFailure("JPEG tiles are compressed by the caller")
        }
    }

    /// Predictor 2 of TIFF 6.0: each sample becomes the difference to the same channel of the pixel before it.
    private func subtractNeighbors(_ bytes: inout [UInt8]) {
        switch bitsPerSample {
        case 8: subtractNeighbors(&bytes, UInt8.self)
        case 16: subtractNeighbors(&bytes, UInt16.self)
        case 32: subtractNeighbors(&bytes, UInt32.self)
        default: subtractNeighbors(&bytes, UInt64.self)
        }
    }

    private func subtractNeighbors<Word: FixedWidthInteger & BitwiseCopyable>(_ bytes: inout [UInt8], _: Word.Type) {
        let rowWords = pieceSize.width * samplesPerPixel
        withWords(of: &bytes, as: Word.self) { words in
            for rowStart in stride(from: 0, to: words.count, by: rowWords) {
                for i in stride(from: rowStart + rowWords - 1, through: rowStart + samplesPerPixel, by: -1) {
                    words[i] = words[i] &- words[i - samplesPerPixel]
                }
            }
        }
    }
}
