import Synchronization

/// Decodes compressed frames: the scratch memory and the handles of the libraries that one thread needs.
///
/// Unchecked: whoever takes one is its only user until it is given back.
final class FrameDecoder: @unchecked Sendable {
    /// Decoders for any file that wait for a user, as many as threads have decoded at once.
    private static let idle = Mutex<[FrameDecoder]>([])

    /// A decoder that nobody else uses.
    static func take() -> FrameDecoder { idle.withLock { $0.popLast() } ?? FrameDecoder() }

    /// Keeps the decoder for the next user, without its large memory.
    func giveBack() {
        codestream.trim()
        samples.trim()
        Self.idle.withLock { $0.append(self) }
    }

    /// The bytes of the frame as they stand in the file.
    let codestream = RawScratch()
    /// Samples that still have to be put in their places.
    let samples = RawScratch()
    private(set) lazy var inflater = DeflateInflater()
    private var decompressor: JPEGDecompressor?

    private init() {}

    /// The handle of libjpeg-turbo, made when it is first needed.
    func jpegDecompressor() throws(JPEGFailure) -> JPEGDecompressor {
        if let decompressor { return decompressor }
        let made = try JPEGDecompressor()
        decompressor = made
        return made
    }

    /// Decodes the frame in ``codestream`` to stored values.
    ///
    /// - Returns: What was wrong although samples came out.
    func decode(
        _ syntax: DICOMTransferSyntax, _ request: FrameRequest, _ reader: DICOMPixelReader,
        into bytes: inout MutableRawSpan
    ) throws(FormatError) -> DICOMPixelDefect.Kind? {
        let decoded = try decodeSamples(syntax, request, reader, &bytes)
        finish(decoded, request, reader, &bytes)
        if request.isStrict, let damage = decoded.damage {
            throw request.failure(.corrupt, DICOMPixelDefect(damage).description)
        }
        return decoded.damage
    }

    private func decodeSamples(
        _ syntax: DICOMTransferSyntax, _ request: FrameRequest, _ reader: DICOMPixelReader,
        _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        switch syntax.codec {
        case .native, .encapsulatedUncompressed: return try uncompressed(request, reader, &bytes)
        case .deflatedFrame: return try inflate(request, reader, &bytes)
        case .rle: return try runLengths(request, reader, &bytes)
        case .jpegBaseline, .jpegExtended, .jpegLossless, .jpegLS, .jpeg2000, .htj2k:
            return try compressed(request, &bytes)
        case .unsupported: throw reader.unsupportedSyntax()
        }
    }

    /// Decodes what the stream itself says it is: files whose transfer syntax names another kind of JPEG exist.
    private func compressed(
        _ request: FrameRequest, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DecodedSamples {
        let head = codestream.head(12)
        switch CodestreamKind(head) {
        case .jpeg: return try jpeg(request, into: &bytes)
        case .jpeg2000, .jp2: return try jpeg2000(request, into: &bytes)
        case nil:
            throw request.failure(
                .corrupt, expected: "a JPEG or JPEG 2000 stream",
                head.isEmpty ? "no bytes" : "other data")
        }
    }

    /// Makes stored values of what a codec delivered.
    private func finish(
        _ decoded: DecodedSamples, _ request: FrameRequest, _ reader: DICOMPixelReader, _ bytes: inout MutableRawSpan
    ) {
        switch decoded.bits {
        case .cell: reader.finishCells(&bytes)
        case .lowest(let count):
            // A stream as wide as the cell holds the cell.
            guard count < reader.format.bitsAllocated else { return reader.finishCells(&bytes) }
            bytes.isolate(
                width: request.width, bits: min(count, reader.format.bitsStored), shift: 0, isSigned: request.isSigned)
        case .final: break
        }
        if decoded.isYBR, request.convertsColor {
            bytes.convertYBR(
                pixels: request.columns * request.rows, isPartialRange: request.photometric.isPartialRange)
        }
    }
}
