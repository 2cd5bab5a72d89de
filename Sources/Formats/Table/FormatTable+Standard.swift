extension FormatTable {
    /// The formats that Tessera reads, in the order in which they are asked.
    public static let standard = FormatTable([
        PNGFormat.format,
        JPEGFormat.format,
        TIFFFormat.format,
        DICOMFormat.format,
        NIfTIFormat.format,
        NRRDFormat.format,
        MetaImageFormat.format,
    ])
}
