/// The part of a source that a parser has read so far: blocks that grow at their end when more is asked for.
struct DICOMWindow {
    let source: ByteSource
    /// What is not in memory any more: blocks before the current one.
    private(set) var earlier: [DICOMBlock] = []
    private(set) var block: DICOMBlock
    /// Bytes that may still be read.
    private var budget: Int

    /// How much the first read takes: most headers are shorter, so that one read is all.
    private static let firstRead = 16 << 10
    /// Values from this size on are skipped unless they are in memory already.
    static let farValue = 64 << 10

    /// Reads the first bytes from an offset on; `limit` bounds all reads together.
    init(_ source: ByteSource, at offset: Int, limit: Int) throws(FormatError) {
        self.source = source
        budget = limit
        let count = min(Self.firstRead, max(0, source.count - offset), limit)
        block = DICOMBlock(start: offset, bytes: try source.bytes(at: offset, count: count))
        budget -= count
    }

    /// Starts with bytes that are in memory already.
    init(_ source: ByteSource, block: DICOMBlock, limit: Int) {
        self.source = source
        self.block = block
        budget = limit
    }

    /// All blocks, in the order of the file.
    var blocks: [DICOMBlock] { earlier.isEmpty ? [block] : earlier + [block] }

    /// Whether bytes are there, reading them where they are not yet in memory.
    ///
    /// - Returns: `false` where the source ends before.
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded`` beyond the limit, or what reading throws.
    @inline(__always)
    mutating func holds(_ offset: Int, count: Int) throws(FormatError) -> Bool {
        if count <= block.end - offset { return true }
        return try extend(to: offset, count: count)
    }

    private mutating func extend(to offset: Int, count: Int) throws(FormatError) -> Bool {
        guard offset <= source.count, count <= source.count - offset else { return false }
        let missing = offset + count - block.end
        let wanted = min(max(missing, block.bytes.count), source.count - block.end)
        guard missing <= budget else {
            throw FormatError(
                .limitExceeded, file: source.name, place: "offset \(offset)",
                expected: "a header within the limit of bytes", found: "\(count) more bytes")
        }
        let more = try source.bytes(at: block.end, count: min(wanted, budget))
        block.bytes += more
        budget -= more.count
        return true
    }

    /// Goes on behind a value that is not read.
    mutating func skip(from start: Int, to end: Int) throws(FormatError) {
        block.bytes.removeLast(max(0, block.end - start))
        earlier.append(block)
        let count = min(Self.firstRead, max(0, source.count - end), budget)
        block = DICOMBlock(start: end, bytes: try source.bytes(at: end, count: count))
        budget -= count
    }
}
