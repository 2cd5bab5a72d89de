/// MetaImage of MetaIO and ITK: header and samples in one file (`.mha`) or in two (`.mhd`).
public enum MetaImageFormat {
    /// The entry for a ``FormatTable``.
    public static let format = ImageFormat(
        name: "MetaImage", extensions: ["mha", "mhd"], matches: { recognizes($0) },
        open: { source, options throws(FormatError) in try MetaImageReader(source, options: options) })

    /// Whether the first lines of a file are keys and values, with the type of the object or the number of dimensions
    /// among them.
    static func recognizes(_ header: [UInt8]) -> Bool {
        // Something binary follows the header in a short file of one piece.
        for line in header.split(separator: 0x0A).prefix(64) {
            let text = String(decoding: line.prefix(256), as: UTF8.self)
            guard let equals = text.firstIndex(of: "=") else { continue }
            let (key, value) = (text[..<equals].trimmed, text[text.index(after: equals)...].trimmed)
            if key == "ObjectType" { return value == "Image" }
            if key == "NDims" { return Int(value) != nil }
        }
        return false
    }
}
