extension FormatTable {
    /// The formats that Tessera reads, in the order in which they are asked.
    public static let standard = FormatTable([
        PNGFormat.format,
        JPEGFormat.format,
        TIFFFormat.format,
        NIfTIFormat.format,
        NRRDFormat.format,
    ])
}
