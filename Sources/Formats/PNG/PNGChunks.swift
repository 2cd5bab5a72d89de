/// One chunk's place in a file.
struct PNGChunk: Sendable {
    let type: String
    /// Offset of the data.
    let start: Int
    /// Bytes of data.
    let count: Int
}

/// Walks over the chunks of a file without reading their data.
struct PNGChunkWalk {
    private let source: ByteSource
    private let limits: DecodeLimits
    private var offset = PNGFormat.signature.count
    private var entries = 0
    private var isAtEnd = false

    /// Checks the signature.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        self.source = source
        self.limits = limits
        guard try source.prefix(PNGFormat.signature.count) == PNGFormat.signature else {
            throw FormatError(
                .corrupt, file: source.name, place: "offset 0", expected: "a PNG signature", found: "other bytes")
        }
    }

    /// The next chunk; `nil` after IEND.
    mutating func next() throws(FormatError) -> PNGChunk? {
        guard !isAtEnd else { return nil }
        let place = "offset \(offset)"
        guard source.count - offset >= 12 else {
            throw FormatError(
                .truncated, file: source.name, place: place, expected: "a chunk",
                found: "\(source.count - offset) bytes")
        }
        let head = try source.bytes(at: offset, count: 8)
        let count = head.bigEndian32(at: 0)
        guard head[4...].allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }), count < 1 << 31 else {
            throw FormatError(
                .corrupt, file: source.name, place: place, expected: "a chunk's length and type", found: "other bytes")
        }
        let type = String(decoding: head[4...], as: UTF8.self)
        guard count <= source.count - offset - 12 else {
            throw FormatError(
                .truncated, file: source.name, place: "chunk \(type) at \(place)", expected: "\(count) bytes and a CRC",
                found: "\(source.count - offset - 8) bytes")
        }
        entries += 1
        guard entries <= limits.entries else {
            throw FormatError(
                .limitExceeded, file: source.name, place: place, expected: "at most \(limits.entries) chunks",
                found: "more")
        }
        let chunk = PNGChunk(type: type, start: offset + 8, count: count)
        offset += 12 + count
        isAtEnd = type == "IEND"
        return chunk
    }

    /// The data of a chunk, its CRC checked.
    func data(of chunk: PNGChunk) throws(FormatError) -> [UInt8] {
        // The CRC covers the type, which stands before the data, and stands itself behind it.
        var bytes = try source.bytes(at: chunk.start - 4, count: chunk.count + 8)
        let stored = UInt32(bytes.bigEndian32(at: chunk.count + 4))
        bytes.removeLast(4)
        let computed = PNGDeflate.crc32(bytes.span)
        guard stored == computed else {
            throw FormatError(
                .corrupt, file: source.name, place: "chunk \(chunk.type) at offset \(chunk.start - 8)",
                expected: "CRC \(hex(computed))", found: hex(stored))
        }
        bytes.removeFirst(4)
        return bytes
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
