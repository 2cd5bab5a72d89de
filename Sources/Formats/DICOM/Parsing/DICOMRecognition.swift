/// Whether bytes are DICOM, and how they are encoded.
enum DICOMRecognition {
    /// Where the first element stands: behind preamble and prefix, or at 0; `nil` for what is no DICOM.
    static func start(_ bytes: [UInt8]) -> Int? {
        if bytes.count >= 132, bytes[128..<132].elementsEqual("DICM".utf8) { return 132 }
        let block = DICOMBlock(start: 0, bytes: bytes)
        guard bytes.count >= 8 else { return nil }
        let tags = [block.tag(0, bigEndian: false), block.tag(0, bigEndian: true)]
        guard let place = tags.firstIndex(where: { ($0.group == 2 || $0.group == 8) && $0.element <= 0x100 }) else {
            return nil
        }
        return encoding(block, at: 0, isBigEndian: place == 1).map { _ in 0 }
    }

    /// How the data set at an offset is encoded, by its first element; `nil` where nothing stands there.
    static func guess(_ parser: inout DICOMParser, at offset: Int, end: Int) throws(FormatError) -> DICOMEncoding? {
        guard end - offset >= 8, try parser.window.holds(offset, count: 8) else { return nil }
        let block = parser.window.block
        let little = block.tag(offset, bigEndian: false)
        // Data sets begin with a low group; read in the wrong byte order it is a high one.
        let isBigEndian = little.group > 0xFF && block.tag(offset, bigEndian: true).group <= 0xFF
        return encoding(
            block, at: offset, isBigEndian: isBigEndian)
    }

    private static func encoding(_ block: DICOMBlock, at offset: Int, isBigEndian: Bool) -> DICOMEncoding? {
        let vr = DICOMVR(rawValue: block.uint16(offset + 4, bigEndian: true))
        if vr.isPlausible { return DICOMEncoding(isExplicitVR: true, isBigEndian: isBigEndian) }
        let length = block.uint32(offset + 4, bigEndian: isBigEndian)
        return !isBigEndian && (length <= 1 << 16 || length == .max) ? .implicitLittle : nil
    }
}

extension DICOMHeader {
    /// Whether the first bytes of a file (132 or more, where there are as many) are DICOM's.
    public static func recognizes(_ prefix: [UInt8]) -> Bool { DICOMRecognition.start(prefix) != nil }
}
