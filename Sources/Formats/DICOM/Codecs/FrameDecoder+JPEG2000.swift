extension FrameDecoder {
    /// Decodes JPEG 2000: plain codestreams for high throughput with OpenJPH, all others, and those that it refuses, with
    /// OpenJPEG.
    ///
    /// The boxes of a JP2 file are stepped over: color is the data set's business. So is the sign of the samples.
    func jpeg2000(_ request: FrameRequest, into bytes: inout MutableRawSpan) throws(FormatError) -> DecodedSamples {
        guard let header = JPEG2000Header(codestream.bytes) else {
            throw request.failure(.corrupt, expected: "a JPEG 2000 codestream", "no size marker")
        }
        try request.check("JPEG 2000", columns: header.columns, rows: header.rows, samples: header.components)
        // A tile costs the library some kilobytes whatever its size.
        let (tiles, overflow) = header.tileColumns.multipliedReportingOverflow(by: header.tileRows)
        guard !overflow, tiles <= max(4096, header.columns * header.rows / 1024) else {
            throw request.failure(.limitExceeded, expected: "tiles of at least 1024 pixels", "\(tiles) tiles")
        }
        let data = codestream.bytes.extracting(droppingFirst: header.start)
        var damage: DICOMPixelDefect.Kind?
        let isFast = header.isHighThroughput && HighThroughputCheck.isPlain(codestream.bytes, header)
        if !(isFast && LibOpenJPH.decode(data, request, into: &bytes)) {
            damage = try LibOpenJPEG.decode(data, request, into: &bytes).map { .damagedCodestream($0) }
        }
        return DecodedSamples(
            bits: .final, isYBR: request.photometric.isYBR && !header.isColorTransformed, damage: damage)
    }
}
