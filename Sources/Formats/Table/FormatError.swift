/// Why a file could not be read or written: which file, where in it, what was expected and what was found.
public struct FormatError: Error, Sendable, Hashable {
    /// The kind of cause; the set can grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// A short name, stable across versions.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No format of the table knows the content.
        public static let notRecognized = Code(rawValue: "not-recognized")
        /// The file ends before what it announced.
        public static let truncated = Code(rawValue: "truncated")
        /// The content contradicts the format's rules.
        public static let corrupt = Code(rawValue: "corrupt")
        /// The content is valid and this version does not read or write it.
        public static let unsupported = Code(rawValue: "unsupported")
        /// The samples are of a kind that the caller's purpose has no use for: 16-bit channels as an RGB slide.
        public static let unsupportedSamples = Code(rawValue: "unsupported-samples")
        /// The content asks for more than ``DecodeLimits`` allows.
        public static let limitExceeded = Code(rawValue: "limit-exceeded")
        /// The operating system refused to open, read, write or rename.
        public static let inputOutput = Code(rawValue: "input-output")
        /// The caller asked for something that the file does not have.
        public static let invalidRequest = Code(rawValue: "invalid-request")
        /// The caller cancelled the work.
        public static let interrupted = Code(rawValue: "interrupted")
    }

    /// The kind of cause.
    public var code: Code
    /// The file's path, or a name for bytes in memory.
    public var file: String
    /// Offset, tag, tile or line; `nil` when the whole file is meant.
    public var place: String?
    /// What was found, or what went wrong, in words.
    public var found: String
    /// What should have been there.
    public var expected: String?

    /// An error by its parts.
    public init(_ code: Code, file: String, place: String? = nil, expected: String? = nil, found: String) {
        self.code = code
        self.file = file
        self.place = place
        self.expected = expected
        self.found = found
    }
}

extension FormatError: CustomStringConvertible {
    /// One line: `file: place: expected …, found …`.
    public var description: String {
        var text = file
        if let place { text += ": \(place)" }
        if let expected { return text + ": expected \(expected), found \(found)" }
        return text + ": \(found)"
    }
}
