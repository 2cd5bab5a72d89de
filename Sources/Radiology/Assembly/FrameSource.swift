import Formats

/// What the frames of a file are decoded with.
struct FrameSource: Sendable {
    let reader: DICOMPixelReader
    /// The Modality LUT Sequence, which takes the place of slope and intercept.
    let table: DICOMLookupTable?
    /// The colors of indices.
    let palette: DICOMPalette?

    /// Finds the frames of a file.
    init(_ path: String, _ limits: DecodeLimits, expandsPalette: Bool) throws(FormatError) {
        let header = try DICOMHeader(path: path, limits: limits)
        reader = try DICOMPixelReader(header: header, options: DICOMPixelOptions(limits: limits, isStrict: true))
        let isSigned = reader.format.isSigned
        if header.dataSet.element(.modalityLUTSequence) != nil {
            guard case .table(let table) = DICOMModality(header.dataSet, isSigned: isSigned).mapping else {
                throw FormatError(
                    .corrupt, file: path, place: "(0028,3000)", expected: "a modality lookup table",
                    found: "one without entries")
            }
            self.table = table
        } else {
            table = nil
        }
        palette = expandsPalette ? DICOMPalette(header.dataSet, isSigned: isSigned) : nil
        guard palette != nil || !expandsPalette else {
            throw FormatError(
                .corrupt, file: path, place: "(0028,1201)", expected: "three palette lookup tables", found: "fewer")
        }
    }
}
