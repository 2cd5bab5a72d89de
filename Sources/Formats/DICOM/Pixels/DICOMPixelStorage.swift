/// Where the frames of an object stand in its file.
enum DICOMPixelStorage: Sendable {
    /// One after the other, uncompressed.
    case native(DICOMNativeFrames)
    /// In fragments.
    case fragments(DICOMFrameIndex)

    static func find(
        _ header: DICOMHeader, _ place: DICOMPixelDataPlace, _ format: DICOMPixelFormat, _ options: DICOMPixelOptions
    ) throws(FormatError) -> (DICOMPixelStorage, [DICOMPixelDefect]) {
        let isNative = header.transferSyntax.codec == .native || header.transferSyntax.codec == .unsupported
        let hasItems = try startsWithItem(header.source, place)
        if let length = place.length, isNative || !hasItems {
            let native = DICOMNativeFrames(header, place, length: length, format)
            return (.native(native), native.defects)
        }
        let items = try DICOMFragments(
            header.source, from: place.offset, to: place.length.map { place.offset + $0 }, limit: options.limits.entries
        )
        let index = try DICOMFrameIndex(
            items, frameCount: format.frameCount,
            extendedOffsets: words(header.dataSet, .extendedOffsetTable, options.limits),
            extendedLengths: words(header.dataSet, .extendedOffsetTableLengths, options.limits),
            isRunLengths: header.transferSyntax.codec == .rle, source: header.source)
        return (.fragments(index), index.defects)
    }

    private static func startsWithItem(
        _ source: ByteSource, _ place: DICOMPixelDataPlace
    ) throws(FormatError) -> Bool {
        guard source.count - place.offset >= 8 else { return false }
        return try source.bytes(at: place.offset, count: 4) == [0xFE, 0xFF, 0x00, 0xE0]
    }

    /// 64-bit numbers of a table; none when it is longer than the limits allow.
    private static func words(_ dataSet: DICOMDataSet, _ tag: DICOMTag, _ limits: DecodeLimits) -> [Int] {
        guard let element = dataSet.element(tag), element.length / 8 <= limits.entries, let bytes = dataSet.bytes(tag)
        else { return [] }
        return (0..<bytes.count / 8).compactMap { i in
            let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[8 * i + $1]) << UInt64(8 * $1) }
            return Int(exactly: word)
        }
    }
}

/// Frames that follow each other uncompressed.
struct DICOMNativeFrames: Sendable {
    /// Offset of the first frame.
    let offset: Int
    /// Bytes that are there of all frames.
    let available: Int
    /// Bits of one frame; with single bits a frame may begin inside of a byte.
    let bitsPerFrame: Int
    let isBigEndian: Bool
    /// Whether bytes stand in the order of 16-bit words of the other byte order.
    let swapsPairs: Bool
    /// Whether two pixels of a row share their color differences.
    let hasSharedColor: Bool
    let defects: [DICOMPixelDefect]

    init(_ header: DICOMHeader, _ place: DICOMPixelDataPlace, length: Int, _ format: DICOMPixelFormat) {
        offset = place.offset
        available = max(0, min(length, header.source.count - place.offset))
        isBigEndian = header.transferSyntax.isBigEndian
        swapsPairs = isBigEndian && format.bitsAllocated <= 8 && place.vr == .ow
        let full = format.rows * format.columns * format.samplesPerPixel * format.bitsAllocated
        // Files that declare shared color differences and store all of them exist; their length tells.
        let canShare =
            format.photometric.isSubsampledNatively && format.samplesPerPixel == 3 && format.bitsAllocated == 8
            && format.columns.isMultiple(of: 2)
        hasSharedColor = canShare && available < (full / 8).multipliedReportingOverflow(by: format.frameCount).0
        bitsPerFrame = hasSharedColor ? format.rows * format.columns * 16 : full
        let (bits, overflow) = bitsPerFrame.multipliedReportingOverflow(by: format.frameCount)
        let bytes = (bits + 7) / 8
        // The last of an odd number stands in the second byte of its word.
        let expected = overflow ? Int.max : bytes + (swapsPairs ? bytes % 2 : 0)
        defects = available < expected ? [DICOMPixelDefect(.shortData(expected: expected, found: available))] : []
    }

    /// The bytes that hold a frame, where in the first its bits begin, and how many of the bytes are there.
    func place(of frame: Int) -> (offset: Int, count: Int, bitOffset: Int, available: Int) {
        let start = frame * bitsPerFrame
        let first = start / 8
        let count = (start + bitsPerFrame + 7) / 8 - first
        return (offset + first, count, start % 8, max(0, min(count, available - first)))
    }
}
