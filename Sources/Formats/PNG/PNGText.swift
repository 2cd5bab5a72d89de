/// The chunks that hold a keyword and a text: tEXt, zTXt and iTXt.
enum PNGText {
    /// Keyword and text; `nil` when the content breaks the rules.
    static func read(_ type: String, _ data: [UInt8], room: inout Int) -> (keyword: String, text: String)? {
        guard let end = data.firstIndex(of: 0), (1...79).contains(end) else { return nil }
        let keyword = latin1(data[..<end])
        let rest = data[(end + 1)...]
        switch type {
        case "tEXt": return (keyword, latin1(rest))
        case "zTXt":
            guard rest.first == 0, let text = PNGMetadata.inflate(rest.dropFirst(), &room) else { return nil }
            return (keyword, latin1(text[...]))
        case "iTXt": return international(rest, room: &room).map { (keyword, $0) }
        default: return nil
        }
    }

    /// Compression flag and method, language, translated keyword, and the text in UTF-8.
    private static func international(_ data: ArraySlice<UInt8>, room: inout Int) -> String? {
        let parts = data.dropFirst(2)
        guard data.count >= 2, let flag = data.first, let language = parts.firstIndex(of: 0),
            let translated = parts[(language + 1)...].firstIndex(of: 0)
        else { return nil }
        let text = parts[(translated + 1)...]
        guard flag == 1 else { return String(validating: text, as: UTF8.self) }
        guard data[data.startIndex + 1] == 0, let inflated = PNGMetadata.inflate(text, &room) else { return nil }
        return String(validating: inflated, as: UTF8.self)
    }

    /// Latin-1: each byte is the code point.
    private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }
}
