import Glibc

/// Conversion of texts to Unicode through the C library's `iconv`.
enum TextConversion {
    /// The text in Unicode; `nil` when the encoding is unknown or the bytes do not belong to it.
    static func string(_ bytes: [UInt8], from encoding: String) -> String? {
        guard let converter = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else {
            return nil
        }
        defer { unsafe iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No character of these sets takes more than 4 bytes in UTF-8.
        var output = [CChar](repeating: 0, count: 4 * bytes.count + 4)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let failed = unsafe input.withUnsafeMutableBufferPointer { from in
            unsafe output.withUnsafeMutableBufferPointer { to in
                var (source, target) = (from.baseAddress, to.baseAddress)
                return unsafe iconv(converter, &source, &inputLeft, &target, &outputLeft) == -1
            }
        }
        guard !failed else { return nil }
        return String(decoding: output[..<(output.count - outputLeft)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
