/// Where one attribute of a data set stands in its file.
public struct DICOMElement: Sendable, Hashable {
    /// The attribute.
    public let tag: DICOMTag
    /// The type of the value as the file names it; from the dictionary, or ``DICOMVR/un``, where it does not.
    public let vr: DICOMVR
    /// Offset of the value's first byte in the header's source.
    public let offset: Int
    /// Number of bytes of the value; for a value that ends at a delimiter, the bytes before the delimiter.
    public let length: Int
    /// Whether the file leaves the length open and marks the end with a delimiter.
    public let isUndefinedLength: Bool
    /// How the items of a sequence are encoded: unlike its surroundings for an unknown VR (PS3.5, section 6.2.2, note 2).
    let itemEncoding: DICOMEncoding
}

/// How the elements of a data set are encoded.
struct DICOMEncoding: Sendable, Hashable {
    var isExplicitVR: Bool
    var isBigEndian: Bool

    static let implicitLittle = DICOMEncoding(isExplicitVR: false, isBigEndian: false)
    static let explicitLittle = DICOMEncoding(isExplicitVR: true, isBigEndian: false)
}
