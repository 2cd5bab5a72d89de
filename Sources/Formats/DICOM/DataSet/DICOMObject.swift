/// The full data set of a DICOM file: every attribute at every level, read through DCMTK.
///
/// Explicit and implicit VR, both byte orders, deflated, without preamble, lengths left open, private attributes; texts
/// are converted to Unicode from the character set of their item. Pixel data is never loaded, nor is any other value
/// above a number of bytes. What DCMTK refuses and ``DICOMHeader`` still opens is read as far as that goes; ``source``
/// says so.
public struct DICOMObject: Sendable, Hashable {
    /// Who read the file.
    public enum Source: Sendable, Hashable {
        /// DCMTK read the whole.
        case dcmtk
        /// DCMTK refused the file for this reason; what stands before the pixel data was read by ``DICOMHeader``.
        case partial(reason: String)
    }

    /// The file's path, or the name given to the bytes.
    public var name: String
    /// The UID of the transfer syntax.
    public var transferSyntaxUID: String
    /// Group 0002.
    public var fileMeta: DICOMItem
    /// The attributes of the object.
    public var dataSet: DICOMItem
    /// Who read the file, and why.
    public var source: Source
    /// What could not be understood, one sentence each.
    public var problems: [String]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - valueBytes: Longer values are not loaded, unless the file is deflated.
    ///   - limits: Bounds the nesting, the number of attributes and the bytes of their values.
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded``; ``FormatError/Code-swift.struct/notRecognized`` and others
    ///   when neither DCMTK nor ``DICOMHeader`` opens the file; ``FormatError/Code-swift.struct/unsupported`` when DCMTK's
    ///   data dictionary is missing.
    public init(path: String, valueBytes: Int = 4096, limits: DecodeLimits = .standard) throws(FormatError) {
        try Self.checkDictionary()
        try self.init(source: ByteSource(path: path), valueBytes: valueBytes, limits: limits)
    }

    /// Makes sure that DCMTK has its data dictionary; worth a call before work on many files, which would each fail.
    ///
    /// Only this type needs DCMTK's dictionary: ``DICOMHeader`` and all that is built on it have one of their own.
    /// - Throws: ``FormatError/Code-swift.struct/unsupported``, naming the environment variable `DCMDICTPATH`.
    public static func checkDictionary() throws(FormatError) { try LibDCMTK.check() }

    /// Reads a file from its bytes.
    ///
    /// - Throws: as ``init(path:valueBytes:limits:)``.
    public init(source: ByteSource, valueBytes: Int = 4096, limits: DecodeLimits = .standard) throws(FormatError) {
        try Self.checkDictionary()
        guard try DICOMHeader.recognizes(source.prefix(256)) else {
            throw FormatError(
                .notRecognized, file: source.name, expected: "DICOM",
                found: source.count == 0 ? "an empty file" : "neither a preamble nor a data set")
        }
        switch try LibDCMTK.read(source, valueBytes: valueBytes, limits: limits) {
        case .object(let object): self = object
        case .refused(let reason):
            try self.init(partial: source, reason: reason, valueBytes: valueBytes, limits: limits)
        }
    }
}
