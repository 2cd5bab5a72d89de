/// Nearly Raw Raster Data (teem), versions 1 to 5, with the samples in the same file or beside it.
public enum NRRDFormat {
    /// The entry for a ``FormatTable``.
    public static let format = ImageFormat(
        name: "NRRD", extensions: ["nrrd", "nhdr"], matches: { $0.starts(with: "NRRD000".utf8) },
        open: { source, options throws(FormatError) in try NRRDReader(source, options: options) })
}
