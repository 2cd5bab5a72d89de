extension FrameDecoder {
    /// Decodes run lengths: one segment per byte of a pixel's samples.
    ///
    /// A frame of single bits is one segment of its packed bytes.
    func runLengths(
        _ request: FrameRequest, _ reader: DICOMPixelReader, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        let bits = reader.format.bitsAllocated
        let isPacked = bits % 8 != 0
        let (samples, width) = (request.samples, max(1, bits / 8))
        guard !isPacked || (bits == 1 && samples == 1) else {
            throw request.failure(.unsupported, "RLE of \(samples) samples of \(bits) bits allocated")
        }
        let planeBytes = isPacked ? (request.columns * request.rows + 7) / 8 : request.columns * request.rows
        guard let segments = RunLengths.segments(codestream.bytes, count: samples * width) else {
            throw request.failure(.corrupt, expected: "an RLE header of \(samples * width) segments", "other data")
        }
        let isDirect = !isPacked && samples * width == 1
        let missing: Int
        if isDirect {
            missing = expand(segments, 1, planeBytes, into: &bytes)
        } else {
            self.samples.resize(to: planeBytes * samples * width)
            missing = self.samples.write { (planes: inout MutableRawSpan) in
                expand(segments, samples * width, planeBytes, into: &planes)
            }
            if isPacked {
                NativeSamples.unpackBits(self.samples.bytes, bitOffset: 0, count: request.sampleCount, into: &bytes)
            } else if width == request.width {
                RunLengths.merge(
                    self.samples.bytes, pixels: planeBytes, samples: samples, width: width, into: &bytes)
            } else {
                throw request.failure(.unsupported, "RLE of \(bits) bits allocated")
            }
        }
        let expected = planeBytes * samples * width
        return DecodedSamples(
            bits: .cell, isYBR: request.photometric.isYBR,
            damage: missing > 0 ? .shortData(expected: expected, found: expected - missing) : nil)
    }

    /// Expands segments one after the other; what a segment lacks is cleared.
    ///
    /// - Returns: Number of bytes that are missing.
    private func expand(
        _ segments: [Range<Int>], _ count: Int, _ planeBytes: Int, into planes: inout MutableRawSpan
    ) -> Int {
        var missing = 0
        for plane in 0..<count {
            let segment = codestream.bytes.extracting(segments[plane])
            let start = plane * planeBytes
            let written = RunLengths.expand(segment, into: &planes, from: start, count: planeBytes)
            guard written < planeBytes else { continue }
            planes.clear(start + written..<start + planeBytes)
            missing += planeBytes - written
        }
        return missing
    }
}
