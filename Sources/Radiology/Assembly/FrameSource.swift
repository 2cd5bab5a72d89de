import Formats

/// What the frames of a file are decoded with.
struct FrameSource: Sendable {
    let reader: DICOMPixelReader
    /// The Modality LUT Sequence, which takes the place of slope and intercept.
    let table: DICOMLookupTable?
    /// The colors of indices.
    let palette: DICOMPalette?

    /// Finds the frames of an instance's file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` when the file is not the one that was sorted any more: its slope
    ///   and its place would be those of other pixels.
    init(_ instance: DICOMInstance, _ limits: DecodeLimits, expandsPalette: Bool) throws(FormatError) {
        let path = instance.path
        let file = try ByteSource(path: path)
        guard instance.revision == nil || instance.revision == file.revision else {
            throw FormatError(
                .corrupt, file: path, expected: "the file as it was when it was sorted",
                found: "another one: the file changed while it was read")
        }
        let header = try DICOMHeader(source: file, limits: limits)
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
