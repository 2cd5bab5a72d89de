public import ImageCore

/// One image format: how to recognize it and how to open it.
public struct ImageFormat: Sendable {
    /// The format's name, for example `PNG`.
    public let name: String
    /// Usual file extensions, lower case, without the dot.
    public let extensions: [String]
    /// Whether the first bytes of a file (up to ``FormatTable/headerLength``) are of this format.
    public let matches: @Sendable (_ header: [UInt8]) -> Bool
    /// The file that describes a file of bare samples, by the path of the latter: `scan.hdr` for `scan.img`.
    public let describedBy: @Sendable (_ path: String) -> String?
    /// Opens a file of this format.
    public let open: @Sendable (_ source: ByteSource, _ options: ReadOptions) throws(FormatError) -> any ImageReader

    /// A format by its parts.
    public init(
        name: String, extensions: [String], matches: @escaping @Sendable ([UInt8]) -> Bool,
        describedBy: @escaping @Sendable (String) -> String? = { _ in nil },
        open: @escaping @Sendable (ByteSource, ReadOptions) throws(FormatError) -> any ImageReader
    ) {
        self.name = name
        self.extensions = extensions
        self.matches = matches
        self.describedBy = describedBy
        self.open = open
    }
}

/// An ordered list of formats; the first that recognizes a file opens it.
///
/// Detection is by content alone.
public struct FormatTable: Sendable {
    /// The formats, in the order in which they are asked.
    public var formats: [ImageFormat]

    /// A table of some formats.
    public init(_ formats: [ImageFormat]) { self.formats = formats }

    /// Number of bytes that a format may look at to recognize a file.
    public static let headerLength = 1024

    /// Opens a file with the first format that recognizes it.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/notRecognized`` when none does, or what the format throws.
    public func open(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) -> any ImageReader
    {
        let header = try source.prefix(Self.headerLength)
        guard !header.isEmpty else {
            throw FormatError(.notRecognized, file: source.name, expected: "an image", found: "an empty file")
        }
        for format in formats where format.matches(header) { return try format.open(source, options) }
        if let reader = try openDescription(of: source, options: options) { return reader }
        throw FormatError(
            .notRecognized, file: source.name, expected: "a slide, " + formats.map(\.name).joined(separator: ", "),
            found: "content of no known format")
    }

    /// Opens the file that describes a file of bare samples, if a format knows one.
    private func openDescription(
        of source: ByteSource, options: ReadOptions
    ) throws(FormatError) -> (any ImageReader)? {
        guard let path = source.path else { return nil }
        for format in formats {
            guard let found = format.describedBy(path) else { continue }
            let description = try ByteSource(path: found)
            let header = try description.prefix(Self.headerLength)
            if format.matches(header) { return try format.open(description, options) }
        }
        return nil
    }

    /// Reads the first frame of a file.
    ///
    /// - Throws: ``FormatError``.
    public func readImage(path: String, options: ReadOptions = ReadOptions()) throws(FormatError) -> AnyImage {
        try open(ByteSource(path: path), options: options).readFrame()
    }
}
