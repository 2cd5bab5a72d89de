/// The directories of a TIFF or BigTIFF file, in either byte order; values are read when they are asked for.
///
/// Every count and offset comes from the file and is checked against the file's size and the limits before memory is taken.
struct SlideTIFFFile: Sendable {
    let source: ByteSource
    let limits: DecodeLimits
    private let isLittleEndian: Bool
    let isBig: Bool
    /// The main directories, in the order of their chain.
    private(set) var directories: [SlideTIFFDirectory] = []

    /// Whether the first bytes are those of TIFF or BigTIFF.
    static func matches(_ header: [UInt8]) -> Bool {
        [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]].contains {
            header.starts(with: $0)
        }
    }

    /// Reads the chain of directories.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/notRecognized`` for other content; errors that name the directory.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        let header = try source.prefix(16)
        guard Self.matches(header) else {
            let found = header.isEmpty ? "an empty file" : "other content"
            throw FormatError(.notRecognized, file: source.name, expected: "a TIFF header", found: found)
        }
        self.source = source
        self.limits = limits
        isLittleEndian = header[0] == 0x49
        isBig = header.contains(43) && (header[2] == 43 || header[3] == 43)
        var offset = try firstDirectory(header)
        var seen: Set<Int> = []
        while offset != 0 {
            guard seen.insert(offset).inserted else {
                throw corrupt("directory at offset \(offset)", "the chain of directories runs in a circle")
            }
            guard seen.count <= min(limits.entries, 1 << 16) else {
                throw FormatError(.limitExceeded, file: source.name, found: "more than \(seen.count - 1) directories")
            }
            let (directory, next) = try readDirectory(at: offset)
            directories.append(directory)
            offset = next
        }
        guard !directories.isEmpty else { throw corrupt("header", "no directory") }
    }

    private func firstDirectory(_ header: [UInt8]) throws(FormatError) -> Int {
        guard header.count >= (isBig ? 16 : 8) else {
            throw FormatError(.truncated, file: source.name, place: "header", found: "\(header.count) bytes")
        }
        guard isBig else { return try offset(header, 4) }
        guard number(header, 4, 2) == 8, number(header, 6, 2) == 0 else {
            throw corrupt("header", "a BigTIFF with other than 8-byte offsets")
        }
        return try offset(header, 8)
    }

    func corrupt(_ place: String, _ found: String) -> FormatError {
        FormatError(.corrupt, file: source.name, place: place, found: found)
    }
}

extension SlideTIFFFile {
    private func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> UInt64 {
        var value: UInt64 = 0
        for i in 0..<size { value = value << 8 | UInt64(bytes[isLittleEndian ? start + size - 1 - i : start + i]) }
        return value
    }

    private func offset(_ bytes: [UInt8], _ start: Int) throws(FormatError) -> Int {
        let value = number(bytes, start, isBig ? 8 : 4)
        guard value <= UInt64(source.count) else {
            throw FormatError(
                .truncated, file: source.name, place: "directories",
                expected: "an offset inside the file's \(source.count) bytes", found: "\(value)")
        }
        return Int(value)
    }

    /// Reads one directory and the offset of the next.
    private func readDirectory(at start: Int) throws(FormatError) -> (SlideTIFFDirectory, next: Int) {
        let (countSize, entrySize) = isBig ? (8, 20) : (2, 12)
        let count = number(try source.bytes(at: start, count: countSize), 0, countSize)
        guard count <= UInt64(min(limits.entries, 1 << 16)) else {
            throw corrupt("directory at offset \(start)", "\(count) entries")
        }
        let body = start + countSize
        let bytes = try source.bytes(at: body, count: Int(count) * entrySize + (isBig ? 8 : 4))
        var entries: [Int: SlideTIFFEntry] = [:]
        for i in 0..<Int(count) {
            let at = i * entrySize
            let entry = entry(bytes, at, position: body + at)
            // The first of two equal tags counts, as in libtiff.
            if entries[entry.tag] == nil { entries[entry.tag] = entry }
        }
        return (SlideTIFFDirectory(offset: start, entries: entries), try offset(bytes, Int(count) * entrySize))
    }

    private func entry(_ bytes: [UInt8], _ at: Int, position: Int) -> SlideTIFFEntry {
        let (valueAt, valueSize) = isBig ? (12, 8) : (8, 4)
        let type = Int(number(bytes, at + 2, 2))
        let count = number(bytes, at + 4, isBig ? 8 : 4)
        let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(SlideTIFFEntry.byteCount(ofType: type)))
        let isInline = !overflow && size <= UInt64(valueSize)
        let offset = isInline ? UInt64(position + valueAt) : number(bytes, at + valueAt, valueSize)
        return SlideTIFFEntry(
            tag: Int(number(bytes, at, 2)), type: type, count: count, offset: offset,
            byteCount: overflow ? .max : size)
    }

    /// The directories that a tag of a directory points to.
    func subdirectories(of directory: SlideTIFFDirectory) throws(FormatError) -> [SlideTIFFDirectory] {
        var found: [SlideTIFFDirectory] = []
        for offset in try integers(SlideTag.subIFDs, of: directory, atMost: 1024) ?? [] {
            found.append(try readDirectory(at: offset).0)
        }
        return found
    }
}

// MARK: - Values

extension SlideTIFFFile {
    /// The bytes of an entry, after its size was checked.
    private func bytes(_ entry: SlideTIFFEntry, of directory: SlideTIFFDirectory) throws(FormatError) -> [UInt8] {
        let total = UInt64(source.count)
        guard entry.byteCount <= total, entry.offset <= total - entry.byteCount else {
            throw FormatError(
                .truncated, file: source.name, place: "tag \(entry.tag) of the directory at offset \(directory.offset)",
                expected: "\(entry.byteCount) bytes at offset \(entry.offset)", found: "a file of \(total) bytes")
        }
        return try source.bytes(at: Int(entry.offset), count: Int(entry.byteCount))
    }

    /// Whole numbers that are not negative; `nil` without the tag.
    func integers(
        _ tag: Int, of directory: SlideTIFFDirectory, atMost limit: Int
    ) throws(FormatError) -> [Int]? {
        guard let entry = directory.entries[tag] else { return nil }
        let place = "tag \(tag) of the directory at offset \(directory.offset)"
        guard [1, 3, 4, 13, 16, 18].contains(entry.type) else { throw corrupt(place, "a value of type \(entry.type)") }
        guard entry.count <= UInt64(limit) else { throw corrupt(place, "\(entry.count) values, expected \(limit)") }
        let (raw, size) = (try bytes(entry, of: directory), SlideTIFFEntry.byteCount(ofType: entry.type))
        var values: [Int] = []
        values.reserveCapacity(Int(entry.count))
        for i in 0..<Int(entry.count) {
            guard let value = Int(exactly: number(raw, i * size, size)) else { throw corrupt(place, "a huge number") }
            values.append(value)
        }
        return values
    }

    /// A whole number; `nil` without the tag.
    func integer(_ tag: Int, of directory: SlideTIFFDirectory) throws(FormatError) -> Int? {
        try integers(tag, of: directory, atMost: 1024)?.first
    }

    /// A number of type rational, float or double; `nil` without the tag or when it is no finite number.
    func number(_ tag: Int, of directory: SlideTIFFDirectory) -> Double? {
        guard let entry = directory.entries[tag], entry.count == 1, let raw = try? bytes(entry, of: directory) else {
            return nil
        }
        let value: Double? =
            switch entry.type {
            case 5: Double(number(raw, 0, 4)) / Double(number(raw, 4, 4))
            case 11: Double(Float(bitPattern: UInt32(number(raw, 0, 4))))
            case 12: Double(bitPattern: number(raw, 0, 8))
            default: nil
            }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A text up to its first zero byte; `nil` without the tag or when its bytes lie outside the file.
    func text(_ tag: Int, of directory: SlideTIFFDirectory) -> String? {
        guard let raw = blob(tag, of: directory) else { return nil }
        return String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Bytes; `nil` without the tag or when they lie outside the file or are more than 64 MiB.
    func blob(_ tag: Int, of directory: SlideTIFFDirectory) -> [UInt8]? {
        guard let entry = directory.entries[tag], [1, 2, 6, 7].contains(entry.type), entry.byteCount <= 1 << 26 else {
            return nil
        }
        return try? bytes(entry, of: directory)
    }
}

/// One directory: where it stands, and its entries by tag.
struct SlideTIFFDirectory: Sendable {
    let offset: Int
    let entries: [Int: SlideTIFFEntry]
}

/// One entry of a directory; nothing in it is to be trusted.
struct SlideTIFFEntry: Sendable {
    let tag: Int
    let type: Int
    let count: UInt64
    /// Where the value's bytes lie.
    let offset: UInt64
    /// Bytes of the value; the largest number when the file asks for more than that.
    let byteCount: UInt64

    /// Bytes of one value of a type: TIFF 6.0 and BigTIFF; 1 for an unknown type.
    static func byteCount(ofType type: Int) -> Int {
        switch type {
        case 3, 8: 2
        case 4, 9, 11, 13: 4
        case 5, 10, 12, 16, 17, 18: 8
        default: 1
        }
    }
}
