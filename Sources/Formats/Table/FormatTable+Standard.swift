extension FormatTable {
    /// The formats that Tessera reads, in the order in which they are asked.
    public static let standard = FormatTable([
        JPEGFormat.format,
        TIFFFormat.format,
    ])
}
