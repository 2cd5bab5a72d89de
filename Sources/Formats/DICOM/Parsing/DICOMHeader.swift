/// What a DICOM file says before its pixels: the file meta information and the data set up to the pixel data.
///
/// Most files cost one positioned read of 16 KiB; large values are stepped over and read when asked for. Files without
/// preamble or file meta information are read too (their encoding is guessed), as are files that end early or break
/// rules; what was odd stands in ``problems``.
public struct DICOMHeader: Sendable {
    /// The file's path, or the name given to the bytes.
    public let name: String
    /// The bytes in which offsets count: the file, or what a deflated data set inflates to.
    public let source: ByteSource
    /// Group 0002; empty where the file has none.
    public let fileMeta: DICOMDataSet
    /// The attributes of the object, without the pixel data.
    public let dataSet: DICOMDataSet
    /// How the file is encoded; guessed when it does not say.
    public let transferSyntax: DICOMTransferSyntax
    /// Where the pixel data stands, when there is any.
    public let pixelData: DICOMPixelDataPlace?
    /// What breaks the standard's rules, one sentence each.
    public let problems: [String]
    /// Whether lengths contradict each other or the file's end, as when a file was cut: attributes may be missing.
    public let isDamaged: Bool

    /// Reads the header of a file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/notRecognized`` for what is no DICOM;
    ///   ``FormatError/Code-swift.struct/limitExceeded`` beyond the limits; what reading throws.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        try self.init(source: ByteSource(path: path), limits: limits)
    }

    /// Reads the header from bytes.
    ///
    /// - Throws: as ``init(path:limits:)``.
    public init(source: ByteSource, limits: DecodeLimits = .standard) throws(FormatError) {
        var scan = try DICOMFileScan(source, limits: limits)
        try scan.readFileMeta()
        try scan.readDataSet()
        name = source.name
        self.source = scan.source
        fileMeta = scan.fileMeta
        dataSet = scan.dataSet
        transferSyntax = scan.transferSyntax
        pixelData = scan.pixelData
        problems = scan.problems
        isDamaged = scan.isDamaged
    }
}

/// Where the pixel data of a file stands.
public struct DICOMPixelDataPlace: Sendable, Hashable {
    /// (7FE0,0010), or (7FE0,0008) for Float, (7FE0,0009) for Double.
    public let tag: DICOMTag
    /// OB, OW, OF or OD; `OW` for implicit VR.
    public let vr: DICOMVR
    /// Offset of the first byte of the value, or of the first item.
    public let offset: Int
    /// Number of bytes as the file states it, which may be more than there are; `nil` when fragments follow.
    public let length: Int?
    /// Whether the file ends before the pixel data does.
    ///
    /// By the stated length, or by that of the first fragment where its head is among the bytes that were read for the
    /// header. Later fragments are not looked at.
    public let isCut: Bool
}
