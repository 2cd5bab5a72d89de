extension FrameDecoder {
    /// Takes the bytes of a frame in fragments as they are: Encapsulated Uncompressed, PS3.5 A.4.11.
    func uncompressed(
        _ request: FrameRequest, _ reader: DICOMPixelReader, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        let layout = reader.uncompressedLayout(byteCount: codestream.count)
        var damage: DICOMPixelDefect.Kind?
        if codestream.count < layout.byteCount {
            damage = .shortData(expected: layout.byteCount, found: codestream.count)
            guard !request.isStrict, codestream.count > 0 else {
                throw request.failure(.truncated, expected: "\(layout.byteCount) bytes", "\(codestream.count)")
            }
            samples.resize(to: layout.byteCount)
            samples.write { (padded: inout MutableRawSpan) in
                NativeSamples.copy(codestream.bytes, count: codestream.count, into: &padded)
                padded.clear(from: codestream.count)
            }
            reader.arrange(samples.bytes, isPacked: layout.isPacked, into: &bytes)
        } else {
            reader.arrange(codestream.bytes, isPacked: layout.isPacked, into: &bytes)
        }
        return DecodedSamples(bits: .cell, isYBR: request.photometric.isYBR, damage: damage)
    }

    /// Inflates a frame: Deflated Image Frame Compression, PS3.5 A.4.13.
    func inflate(
        _ request: FrameRequest, _ reader: DICOMPixelReader, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        let full = reader.uncompressedLayout(byteCount: Int.max)
        samples.resize(to: full.byteCount + 1)
        let written = samples.write { (output: inout MutableRawSpan) in
            inflater.inflate(codestream.bytes, into: &output)
        }
        guard let written else {
            throw request.failure(.corrupt, expected: "a deflate stream of one frame", "other data")
        }
        let layout = reader.uncompressedLayout(byteCount: written)
        var damage: DICOMPixelDefect.Kind?
        if written < layout.byteCount {
            damage = .shortData(expected: layout.byteCount, found: written)
            samples.write { (output: inout MutableRawSpan) in output.clear(from: written) }
        }
        reader.arrange(samples.bytes, isPacked: layout.isPacked, into: &bytes)
        return DecodedSamples(bits: .cell, isYBR: request.photometric.isYBR, damage: damage)
    }
}

extension DICOMPixelReader {
    /// The bytes of one uncompressed frame that begins at a byte, and whether two pixels share their color differences.
    func uncompressedLayout(byteCount: Int) -> (byteCount: Int, isPacked: Bool) {
        let full = (format.samplesPerFrame * format.bitsAllocated + 7) / 8
        let canShare =
            format.photometric.isSubsampledNatively && format.samplesPerPixel == 3 && format.bitsAllocated == 8
            && format.columns.isMultiple(of: 2)
        return canShare && byteCount < full ? (format.rows * format.columns * 2, true) : (full, false)
    }

    /// The error for a transfer syntax that is not decoded.
    func unsupportedSyntax() -> FormatError { Self.unsupported(transferSyntax, name) }
}
