/// The Neuroimaging Informatics Technology Initiative's format, versions 1 and 2: single files, compressed ones (`.nii.gz`)
/// and pairs of a header and an image (`.hdr`, `.img`), of either byte order.
public enum NIfTIFormat {
    /// The entry for a ``FormatTable``.
    public static let format = ImageFormat(
        name: "NIfTI", extensions: ["nii", "nii.gz", "hdr", "img"], matches: { recognizes($0) },
        describedBy: { NIfTIFiles.header(ofImage: $0) },
        open: { source, options throws(FormatError) in try NIfTIReader(source, options: options) })

    /// Whether the first bytes of a file, or what they expand to, are a header of NIfTI.
    static func recognizes(_ header: [UInt8]) -> Bool {
        guard Gzip.recognizes(header) else { return NIfTIHeader.recognizes(header) }
        guard let expanded = try? Gzip.prefix(NIfTIHeader.Version.one.headerLength, of: ByteSource(bytes: header))
        else {
            return false
        }
        return NIfTIHeader.recognizes(expanded)
    }
}
