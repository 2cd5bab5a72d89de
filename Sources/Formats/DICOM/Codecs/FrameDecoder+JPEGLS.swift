extension FrameDecoder {
    /// Decodes JPEG-LS with CharLS.
    func jpegLS(_ request: FrameRequest, into bytes: inout MutableRawSpan) throws(FormatError) -> DecodedSamples {
        let precision = try LibCharLS.withStream(codestream.bytes, request) {
            (stream: borrowing LibCharLS) throws(FormatError) in
            try request.check("JPEG-LS", columns: stream.columns, rows: stream.rows, samples: stream.samples)
            let width = stream.precision <= 8 ? 1 : 2
            guard width <= request.width else {
                throw request.failure(
                    .corrupt, expected: "samples of at most \(8 * request.width) bits",
                    "\(stream.precision) in the JPEG-LS stream")
            }
            let isPlanar = stream.isPlanar && request.samples > 1
            if width == request.width && !isPlanar {
                try stream.decode(request, into: &bytes)
            } else {
                try place(stream, width, isPlanar, request, into: &bytes)
            }
            return stream.precision
        }
        return DecodedSamples(bits: .lowest(precision), isYBR: request.photometric.isYBR, damage: nil)
    }

    /// Decodes into memory of its own, then widens and interleaves.
    private func place(
        _ stream: borrowing LibCharLS, _ width: Int, _ isPlanar: Bool, _ request: FrameRequest,
        into bytes: inout MutableRawSpan
    ) throws(FormatError) {
        let count = request.sampleCount
        samples.resize(to: count * width)
        try samples.write { (target: inout MutableRawSpan) throws(FormatError) in
            try stream.decode(request, into: &target)
        }
        if width == request.width {
            NativeSamples.interleave(
                samples.bytes, pixels: request.columns * request.rows, samples: request.samples, width: width,
                into: &bytes)
            return
        }
        if isPlanar {
            codestream.resize(to: count * width)
            codestream.write { (target: inout MutableRawSpan) in
                NativeSamples.interleave(
                    samples.bytes, pixels: request.columns * request.rows, samples: request.samples, width: width,
                    into: &target)
            }
            NativeSamples.widen(codestream.bytes, from: width, count: count, into: &bytes, width: request.width)
        } else {
            NativeSamples.widen(samples.bytes, from: width, count: count, into: &bytes, width: request.width)
        }
    }
}
