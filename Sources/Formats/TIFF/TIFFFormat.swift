/// TIFF's entry in the table of formats.
public enum TIFFFormat {
    /// The entry.
    public static let format = ImageFormat(
        name: "TIFF", extensions: ["tif", "tiff", "btf", "tf8"],
        matches: { header in
            let marks: [[UInt8]] = [
                [0x49, 0x49, 42, 0], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 42], [0x4D, 0x4D, 0, 43],
            ]
            return marks.contains { header.starts(with: $0) }
        },
        open: { source, options throws(FormatError) in try TIFFReader(source, options: options) })
}
