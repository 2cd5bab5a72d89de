/// What the markers of a JPEG or JPEG-LS stream say before its first scan.
struct JPEGFrameHeader {
    /// The start-of-frame marker's low byte, for example 0xC0; 0xF7 for JPEG-LS.
    var marker: UInt8 = 0
    /// Bits of a sample.
    var precision = 0
    /// Number of rows; 0 when the stream says it later.
    var rows = 0
    /// Number of columns.
    var columns = 0
    /// The components' identifiers.
    var componentIDs: [UInt8] = []
    /// The color transformation of an Adobe marker.
    var adobeTransform: UInt8?
    /// Whether there is a JFIF marker.
    var isJFIF = false

    /// Walks the markers up to the start of the frame; `nil` when there is none.
    init?(_ data: RawSpan) {
        func byte(_ i: Int) -> UInt8 { unsafe data.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self) }
        func word(_ i: Int) -> Int { Int(byte(i)) << 8 | Int(byte(i + 1)) }
        var position = 2
        while position + 4 <= data.byteCount {
            guard byte(position) == 0xFF else { return nil }
            let marker = byte(position + 1)
            if marker == 0xFF {
                position += 1
                continue
            }
            let length = word(position + 2)
            guard length >= 2, position + 2 + length <= data.byteCount else { return nil }
            let content = position + 4..<position + 2 + length
            switch marker {
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xF7:
                guard content.count >= 6, content.count >= 6 + 3 * Int(byte(content.lowerBound + 5)) else { return nil }
                self.marker = marker
                precision = Int(byte(content.lowerBound))
                (rows, columns) = (word(content.lowerBound + 1), word(content.lowerBound + 3))
                componentIDs = (0..<Int(byte(content.lowerBound + 5))).map { byte(content.lowerBound + 6 + 3 * $0) }
                // Markers of color may follow the frame's header; none that matters has been seen there.
                return
            case 0xE0: isJFIF = isJFIF || (content.count >= 5 && word(content.lowerBound) == 0x4A46)
            case 0xEE where content.count >= 12 && word(content.lowerBound) == 0x4164:
                adobeTransform = byte(content.lowerBound + 11)
            case 0xD9, 0xDA: return nil
            default: break
            }
            position += 2 + length
        }
        return nil
    }

    /// Whether the three components of a stream are luma and color differences.
    ///
    /// Component identifiers "RGB" decide first, then an Adobe marker, a JFIF marker, and last the data set: files whose data set calls
    /// RGB what their stream marks as YCbCr, and the other way round, are common.
    func isYBR(_ photometric: DICOMPhotometric) -> Bool {
        guard componentIDs.count == 3 else { return false }
        if componentIDs == Array("RGB".utf8) || componentIDs == Array("rgb".utf8) { return false }
        if let adobeTransform { return adobeTransform != 0 }
        if isJFIF { return true }
        return photometric != .rgb
    }
}
