extension FrameDecoder {
    /// Decodes JPEG-LS with CharLS.
    ///
    /// A damaged stream is decoded as far as it goes, unless strict. Only a second try clears the memory first, so that sound
    /// streams do not pay for it.
    func jpegLS(_ request: FrameRequest, into bytes: inout MutableRawSpan) throws(FormatError) -> DecodedSamples {
        do throws(FormatError) {
            return try jpegLS(request, keepsDamaged: false, into: &bytes)
        } catch {
            guard !request.isStrict, error.code == .corrupt || error.code == .truncated else { throw error }
            return try jpegLS(request, keepsDamaged: true, into: &bytes)
        }
    }

    private func jpegLS(
        _ request: FrameRequest, keepsDamaged: Bool, into bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        try LibCharLS.withStream(codestream.bytes, request) {
            (stream: borrowing LibCharLS) throws(FormatError) in
            try request.check("JPEG-LS", columns: stream.columns, rows: stream.rows, samples: stream.samples)
            let width = stream.precision <= 8 ? 1 : 2
            guard width <= request.width else {
                throw request.failure(
                    .corrupt, expected: "samples of at most \(8 * request.width) bits",
                    "\(stream.precision) in the JPEG-LS stream")
            }
            let isPlanar = stream.isPlanar && request.samples > 1
            let damage =
                width == request.width && !isPlanar
                ? try stream.decode(request, into: &bytes, keepsDamaged: keepsDamaged)
                : try place(stream, width, isPlanar, request, keepsDamaged, into: &bytes)
            return DecodedSamples(
                bits: .lowest(stream.precision), isYBR: request.photometric.isYBR,
                damage: damage.map { .damagedCodestream("JPEG-LS: \($0)") })
        }
    }

    /// Decodes into memory of its own, then widens and interleaves.
    private func place(
        _ stream: borrowing LibCharLS, _ width: Int, _ isPlanar: Bool, _ request: FrameRequest, _ keepsDamaged: Bool,
        into bytes: inout MutableRawSpan
    ) throws(FormatError) -> String? {
        let count = request.sampleCount
        samples.resize(to: count * width)
        let damage = try samples.write { (target: inout MutableRawSpan) throws(FormatError) in
            try stream.decode(request, into: &target, keepsDamaged: keepsDamaged)
        }
        if width == request.width {
            NativeSamples.interleave(
                samples.bytes, pixels: request.columns * request.rows, samples: request.samples, width: width,
                into: &bytes)
            return damage
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
        return damage
    }
}
