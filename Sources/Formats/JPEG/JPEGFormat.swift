/// JPEG's entry in the table of formats.
public enum JPEGFormat {
    /// The entry.
    public static let format = ImageFormat(
        name: "JPEG", extensions: ["jpg", "jpeg", "jpe", "jfif"],
        matches: { $0.starts(with: [0xFF, 0xD8, 0xFF]) },
        open: { source, options throws(FormatError) in try JPEGReader(source, options: options) })
}
