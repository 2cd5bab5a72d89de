import ImageCore

/// What a codec shall deliver: the size and samples that the data set describes.
struct FrameRequest {
    let columns: Int
    let rows: Int
    let samples: Int
    /// Bytes of a decoded sample: 1, 2 or 4.
    let width: Int
    let isSigned: Bool
    let isStrict: Bool
    let photometric: DICOMPhotometric
    /// Whether luma and color differences shall become RGB.
    let convertsColor: Bool
    let name: String
    let frame: Int

    init(_ format: DICOMPixelFormat, _ options: DICOMPixelOptions, name: String, frame: Int, convertsColor: Bool) {
        columns = format.columns
        rows = format.rows
        samples = format.samplesPerPixel
        width = format.scalarKind.byteCount
        isSigned = format.isSigned
        isStrict = options.isStrict
        photometric = format.photometric
        self.convertsColor = convertsColor
        self.name = name
        self.frame = frame
    }

    /// Number of decoded samples.
    var sampleCount: Int { columns * rows * samples }

    func failure(_ code: FormatError.Code, expected: String? = nil, _ found: String) -> FormatError {
        FormatError(code, file: name, place: "frame \(frame + 1)", expected: expected, found: found)
    }

    /// Compares the size in a compressed stream with the data set's, before memory is taken.
    func check(_ codec: String, columns: Int, rows: Int, samples: Int) throws(FormatError) {
        guard columns == self.columns, rows == self.rows, samples == self.samples else {
            throw failure(
                .corrupt, expected: "\(self.columns) x \(self.rows) x \(self.samples) samples as the data set says",
                "\(columns) x \(rows) x \(samples) in the \(codec) stream")
        }
    }
}

/// What a codec delivered.
struct DecodedSamples {
    /// Where in a sample its value stands.
    enum Bits {
        /// As in uncompressed data: Bits Stored below High Bit.
        case cell
        /// In the lowest bits, as many as the stream says; sign and upper bits are not those of the data set.
        case lowest(Int)
        /// In the whole sample, with its sign.
        case final
    }

    var bits: Bits
    /// Whether the samples are luma and color differences.
    var isYBR: Bool
    /// What was wrong although samples came out.
    var damage: DICOMPixelDefect.Kind?
}
