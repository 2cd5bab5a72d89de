/// The bytes of text values.
enum DICOMText {
    static let separator = UInt8(ascii: "\\")

    /// Without the spaces and NULs around, which are padding (PS3.5, section 6.2).
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let part = trimmed(text.span, 0..<text.count)
        return text[text.startIndex + part.lowerBound..<text.startIndex + part.upperBound]
    }

    /// The part of a text without the spaces and NULs around.
    static func trimmed(_ text: Span<UInt8>, _ part: Range<Int>) -> Range<Int> {
        var (start, end) = (part.lowerBound, part.upperBound)
        while start < end, isPadding(text[end - 1]) { end -= 1 }
        while start < end, isPadding(text[start]) { start += 1 }
        return start..<end
    }

    private static func isPadding(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0 }

    /// The values between backslashes, or the whole.
    ///
    /// A backslash inside a two-byte character of a code extension is not told apart.
    static func split(_ bytes: ArraySlice<UInt8>, at separators: Bool) -> [ArraySlice<UInt8>] {
        separators ? bytes.split(separator: separator, omittingEmptySubsequences: false) : [bytes]
    }
}
