/// Writes DICOM files: preamble, file meta information, and a data set in explicit VR little endian.
///
/// Texts are written in UTF-8, and the file says so (`ISO_IR 192`). Values are checked against the rules of their VR
/// (PS3.5, table 6.2-1) before a file is created. Attributes stand in rising order, sequences and items have
/// defined lengths. The same data set gives the same bytes.
///
/// ```swift
/// var dataSet = DICOMItem()
/// dataSet.put(.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.7")
/// dataSet.put(.sopInstanceUID, .ui, DICOMUIDHash("a picture").uid)
/// try DICOMEncoder().write(dataSet, to: "picture.dcm")
/// ```
public struct DICOMEncoder: Sendable, Hashable {
    /// Names the program in the file meta information (0002,0012).
    public static let implementationClassUID = "2.25.218263407146953406287131460926118943517"
    /// Names the program in the file meta information (0002,0013).
    public static let implementationVersionName = "TESSERA"

    /// An encoder.
    public init() {}

    /// Writes a file without pixel data, which appears under its name only when it is whole.
    ///
    /// - Throws: ``FormatError``: `invalidRequest` for a value that its VR does not allow, before a file is created;
    ///   `inputOutput`.
    public func write(_ dataSet: DICOMItem, to path: String) throws(FormatError) {
        try AtomicFile.write(try header(dataSet, file: path), to: path)
    }

    /// Writes a file with pixel data, uncompressed, which appears under its name only when it is whole.
    ///
    /// - Parameters:
    ///   - dataSet: The attributes without the pixel data.
    ///   - pixels: The value of (7FE0,0010), little-endian; one more byte is written when the number of bytes is odd.
    ///   - path: The file.
    /// - Throws: as ``write(_:to:)``, and `limitExceeded` for more bytes than a value of DICOM can have.
    public func write(_ dataSet: DICOMItem, pixels: RawSpan, to path: String) throws(FormatError) {
        let bytes = try header(dataSet, pixelBytes: pixels.byteCount, file: path)
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.write(pixels)
        if !pixels.byteCount.isMultiple(of: 2) { try file.write([0]) }
        try file.commit()
    }

    /// The bytes of a file up to the value of the pixel data.
    ///
    /// - Parameters:
    ///   - dataSet: The attributes without the pixel data.
    ///   - pixelBytes: The length of the pixel data; `nil` for an object without.
    ///   - file: The name for errors.
    /// - Returns: Preamble, file meta information, attributes, and the head of the pixel data.
    /// - Throws: as ``write(_:pixels:to:)``.
    package func header(_ dataSet: DICOMItem, pixelBytes: Int? = nil, file: String) throws(FormatError) -> [UInt8] {
        var dataSet = dataSet
        dataSet.put(.specificCharacterSet, .cs, "ISO_IR 192")
        var encoding = DICOMElementEncoding(file: file)
        encoding.bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        try encoding.append(try fileMeta(dataSet, file: file))
        try encoding.append(dataSet)
        if let pixelBytes {
            try encoding.appendPixelHead(count: pixelBytes, isWide: dataSet.integers(.bitsAllocated).first ?? 8 > 8)
        }
        return encoding.bytes
    }

    /// Group 0002 with its length.
    private func fileMeta(_ dataSet: DICOMItem, file: String) throws(FormatError) -> DICOMItem {
        guard let sopClass = dataSet.text(.sopClassUID), let instance = dataSet.text(.sopInstanceUID) else {
            throw FormatError(
                .invalidRequest, file: file, place: "\(DICOMTag.sopClassUID), \(DICOMTag.sopInstanceUID)",
                expected: "a SOP class and instance", found: "none")
        }
        var meta = DICOMItem()
        meta.put(DICOMTag(0x0002, 0x0001), .ob, .bytes([0, 1]))
        meta.put(.mediaStorageSOPClassUID, .ui, sopClass)
        meta.put(.mediaStorageSOPInstanceUID, .ui, instance)
        meta.put(.transferSyntaxUID, .ui, DICOMTransferSyntax.explicitLittleEndian.uid)
        meta.put(DICOMTag(0x0002, 0x0012), .ui, Self.implementationClassUID)
        meta.put(DICOMTag(0x0002, 0x0013), .sh, Self.implementationVersionName)
        var encoding = DICOMElementEncoding(file: file)
        try encoding.append(meta)
        meta.put(DICOMTag(0x0002, 0x0000), .ul, encoding.bytes.count)
        return meta
    }
}
