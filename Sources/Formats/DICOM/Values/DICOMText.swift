/// The bytes of text values.
enum DICOMText {
    /// Without the spaces and NULs around, which are padding (PS3.5, section 6.2).
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let last = text.last, last == 0x20 || last == 0 { text.removeLast() }
        while let first = text.first, first == 0x20 || first == 0 { text.removeFirst() }
        return text
    }

    /// The values between backslashes, or the whole.
    ///
    /// A backslash inside a two-byte character of a code extension is not told apart.
    static func split(_ bytes: [UInt8], at separators: Bool) -> [ArraySlice<UInt8>] {
        separators ? bytes.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false) : [bytes[...]]
    }
}
