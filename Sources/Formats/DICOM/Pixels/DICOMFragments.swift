/// One item of encapsulated pixel data: where its bytes stand.
struct DICOMFragment: Sendable, Hashable {
    /// Offset of the first byte after the item's header.
    var offset: Int
    /// Bytes that are there.
    var length: Int
}

/// The items of encapsulated pixel data, PS3.5 A.4: a basic offset table and fragments.
struct DICOMFragments: Sendable {
    /// Offsets of the frames' first items, counted from the first fragment's header; empty when the table is.
    private(set) var basicOffsets: [Int] = []
    private(set) var fragments: [DICOMFragment] = []
    private(set) var defects: [DICOMPixelDefect] = []

    private static let item: UInt32 = 0xFFFE_E000
    private static let sequenceDelimiter: UInt32 = 0xFFFE_E0DD

    /// Walks the items' lengths; their content is not looked at.
    ///
    /// - Parameters:
    ///   - source: The bytes.
    ///   - start: Offset of the first item's header.
    ///   - end: Where the pixel data ends when its length is known.
    ///   - limit: Largest number of fragments.
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded`` for more fragments than that.
    init(_ source: ByteSource, from start: Int, to end: Int?, limit: Int) throws(FormatError) {
        let end = min(end ?? source.count, source.count)
        var window = ReadWindow(source)
        var position = start
        var isFirst = true
        while true {
            guard end - position >= 8 else { break }
            let header = try window.itemHeader(at: position)
            if header.tag == Self.sequenceDelimiter { return }
            guard header.tag == Self.item else { break }
            let left = end - position - 8
            let length = min(header.length, left)
            if isFirst {
                basicOffsets = try Self.offsets(source, at: position + 8, count: length / 4, limit: limit)
            } else {
                guard fragments.count < limit else {
                    throw FormatError(
                        .limitExceeded, file: source.name, place: "offset \(position)",
                        expected: "at most \(limit) fragments", found: "more")
                }
                fragments.append(DICOMFragment(offset: position + 8, length: length))
            }
            isFirst = false
            position += 8 + length
            guard header.length <= left else { break }
        }
        defects.append(DICOMPixelDefect(.missingDelimiter))
    }

    private static func offsets(
        _ source: ByteSource, at offset: Int, count: Int, limit: Int
    ) throws(FormatError) -> [Int] {
        guard count > 0, count <= limit else { return [] }
        let bytes = try source.bytes(at: offset, count: count * 4)
        return (0..<count).map { i in
            (0..<4).reduce(0) { $0 | Int(bytes[4 * i + $1]) << (8 * $1) }
        }
    }
}

/// Reads item headers through a small window, so that many short fragments cost few calls.
private struct ReadWindow {
    private let source: ByteSource
    private var bytes: [UInt8] = []
    private var start = 0

    init(_ source: ByteSource) { self.source = source }

    mutating func itemHeader(at offset: Int) throws(FormatError) -> (tag: UInt32, length: Int) {
        if offset < start || offset + 8 > start + bytes.count {
            // Far jumps mean long fragments: only their headers are read.
            let isNear = !bytes.isEmpty && offset - start < 4096
            bytes = try source.bytes(at: offset, count: min(isNear ? 4096 : 64, source.count - offset))
            start = offset
        }
        let i = offset - start
        func word(_ at: Int) -> UInt32 { UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 }
        return (word(i) << 16 | word(i + 2), Int(word(i + 4) | word(i + 6) << 16))
    }
}
