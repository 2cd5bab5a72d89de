extension DICOMPixelReader {
    /// Decodes a frame that stands in fragments.
    func readFragments(
        _ index: DICOMFrameIndex, _ frame: Int, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DICOMPixelDefect? {
        guard frame < index.frameCount else {
            throw failure(
                .truncated, frame, expected: "as many frames as declared: \(format.frameCount)", "\(index.frameCount)")
        }
        let decoder = FrameDecoder.take()
        defer { decoder.giveBack() }
        try load(index, frame, into: decoder.codestream)
        let request = FrameRequest(format, options, name: name, frame: frame, convertsColor: convertsColor)
        let damage = try decoder.decode(transferSyntax, request, self, into: &bytes)
        return damage.map { DICOMPixelDefect($0, frame: frame) }
    }

    /// Joins the pieces of a frame.
    private func load(_ index: DICOMFrameIndex, _ frame: Int, into scratch: RawScratch) throws(FormatError) {
        let total = index.byteCount(of: frame)
        guard total <= options.limits.bytes else {
            throw failure(.limitExceeded, frame, expected: "at most \(options.limits.bytes) bytes", "\(total)")
        }
        scratch.resize(to: total)
        try scratch.write { (bytes: inout MutableRawSpan) throws(FormatError) in
            var place = 0
            for piece in index.pieces(of: frame) {
                let count = min(piece.length, total - place)
                try source.read(at: piece.offset, count: count, into: &bytes, from: place)
                place += count
            }
        }
    }
}
