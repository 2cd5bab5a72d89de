extension FrameDecoder {
    /// Decodes JPEG, lossless JPEG or JPEG-LS, as the stream's own markers say.
    ///
    /// Lossy streams of 8 bits are decoded by libjpeg-turbo, all others, and those that it refuses, by DCMTK's builds of the IJG
    /// library.
    func jpeg(_ request: FrameRequest, into bytes: inout MutableRawSpan) throws(FormatError) -> DecodedSamples {
        guard let header = JPEGFrameHeader(codestream.bytes) else {
            throw request.failure(.corrupt, expected: "a JPEG stream", "no start of frame")
        }
        if header.marker == 0xF7 { return try jpegLS(request, into: &bytes) }
        try request.check("JPEG", columns: header.columns, rows: header.rows, samples: header.componentIDs.count)
        switch header.marker {
        case 0xC0, 0xC1, 0xC2:
            guard header.precision == 8, request.samples == 1 || request.samples == 3 else { break }
            return try lossyJPEG(header, request, into: &bytes)
        case 0xC3: break
        default:
            throw request.failure(.unsupported, "JPEG with arithmetic coding or hierarchical frames")
        }
        return try dcmtkJPEG(header, request, into: &bytes)
    }

    private func lossyJPEG(
        _ header: JPEGFrameHeader, _ request: FrameRequest, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        let isYBR = header.isYBR(request.photometric)
        do throws(JPEGFailure) {
            if request.width == 1 {
                try turbo(request, isYBR, into: &bytes)
            } else {
                samples.resize(to: request.sampleCount)
                try samples.write { (narrow: inout MutableRawSpan) throws(JPEGFailure) in
                    try turbo(request, isYBR, into: &narrow)
                }
                NativeSamples.widen(samples.bytes, count: request.sampleCount, into: &bytes, width: request.width)
            }
        } catch {
            // DCMTK's library is more forgiving; what it refuses too is reported as libjpeg-turbo saw it.
            guard var decoded = try? dcmtkJPEG(header, request, into: &bytes) else {
                throw error.located(file: request.name, place: "frame \(request.frame + 1)")
            }
            if error.code != .unsupported { decoded.damage = .damagedCodestream(error.text) }
            return decoded
        }
        return DecodedSamples(bits: .lowest(8), isYBR: isYBR && !request.convertsColor, damage: nil)
    }

    /// Decodes with libjpeg-turbo; color is converted on the way where it shall be.
    private func turbo(
        _ request: FrameRequest, _ isYBR: Bool, into bytes: inout MutableRawSpan
    ) throws(JPEGFailure) {
        let decompressor = try jpegDecompressor()
        let rowBytes = request.columns * request.samples
        var rows = unsafe bytes._unsafeMutableView(as: UInt8.self)
        let data = unsafe codestream.bytes._unsafeView(as: UInt8.self)
        let stored: JPEGColor = request.samples == 1 ? .gray : isYBR ? .yCbCr : .rgb
        try decompressor.decode(
            data, stored: stored, output: !isYBR ? stored : request.convertsColor ? .rgb : .other, isStrict: false,
            into: &rows, width: request.columns, height: request.rows, rowStride: rowBytes)
    }

    /// Decodes with DCMTK: components as they are stored.
    private func dcmtkJPEG(
        _ header: JPEGFrameHeader, _ request: FrameRequest, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        guard (2...16).contains(header.precision), header.precision <= 8 * request.width else {
            throw request.failure(
                .corrupt, expected: "samples of at most \(8 * request.width) bits",
                "\(header.precision) in the JPEG stream")
        }
        let streamWidth = header.precision <= 8 ? 1 : 2
        let damage: String?
        if streamWidth == request.width {
            damage = try LibDCMTKJPEG.decode(codestream.bytes, header.precision, request, into: &bytes)
        } else {
            samples.resize(to: request.sampleCount * streamWidth)
            damage = try samples.write { (narrow: inout MutableRawSpan) throws(FormatError) in
                try LibDCMTKJPEG.decode(codestream.bytes, header.precision, request, into: &narrow)
            }
            NativeSamples.widen(
                samples.bytes, from: streamWidth, count: request.sampleCount, into: &bytes, width: request.width)
        }
        return DecodedSamples(
            bits: .lowest(header.precision), isYBR: header.isYBR(request.photometric) && !isLossless(header, request),
            damage: damage.map { .damagedCodestream($0) })
    }

    /// Lossless streams hold what the data set says, whatever their markers.
    private func isLossless(_ header: JPEGFrameHeader, _ request: FrameRequest) -> Bool {
        header.marker == 0xC3 && !request.photometric.isYBR
    }
}
