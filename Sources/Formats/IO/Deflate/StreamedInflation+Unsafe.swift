/// Expands deflated bytes of a source in small pieces, with memory that does not depend on what they expand to.
struct StreamedInflation {
    private let source: ByteSource
    private let end: Int
    private let container: DeflateContainer
    private let stream: InflateStream
    private var position: Int
    private var input: [UInt8] = []
    private var used = 0
    private var isOver = false

    private static let inputLength = 1 << 17

    /// Starts at an offset of a source; `count` bytes belong to the deflated data.
    init(_ source: ByteSource, at offset: Int, count: Int, container: DeflateContainer) {
        self.source = source
        self.container = container
        position = offset
        end = offset + count
        stream = InflateStream(container)
    }

    /// Fills a span with the next bytes.
    ///
    /// - Returns: The number of bytes written: fewer than the span holds where the data ends, whole or cut.
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` for what is no deflated data.
    mutating func read(into target: inout MutableRawSpan) throws(FormatError) -> Int {
        var written = 0
        while written < target.byteCount, !isOver {
            guard try refill() else { return written }
            written += try step(into: &target, at: written)
        }
        return written
    }

    /// Passes over bytes.
    ///
    /// - Returns: The number of bytes passed over.
    mutating func skip(_ count: Int) throws(FormatError) -> Int {
        var scratch = [UInt8](repeating: 0, count: min(count, 1 << 16))
        var skipped = 0
        while skipped < count {
            var span = scratch.mutableSpan
            var bytes = unsafe span.mutableBytes
            var part = bytes._mutatingExtracting(first: min(bytes.byteCount, count - skipped))
            let passed = try read(into: &part)
            guard passed > 0 else { break }
            skipped += passed
        }
        return skipped
    }

    /// Reads on to the checksum behind the bytes that were asked for; data that goes on is left alone.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before, `corrupt` for a wrong checksum.
    mutating func finish() throws(FormatError) {
        var scratch: [UInt8] = [0]
        while !isOver {
            guard try refill() else {
                throw FormatError(
                    .truncated, file: source.name, place: "offset \(end)", expected: "the end of the deflated data",
                    found: "the end of the file")
            }
            var span = scratch.mutableSpan
            var bytes = unsafe span.mutableBytes
            if try step(into: &bytes, at: 0) > 0 { return }
        }
    }

    private mutating func refill() throws(FormatError) -> Bool {
        guard used == input.count else { return true }
        guard position < end else { return false }
        input = try source.bytes(at: position, count: min(Self.inputLength, end - position))
        position += input.count
        used = 0
        return true
    }

    private mutating func step(into target: inout MutableRawSpan, at offset: Int) throws(FormatError) -> Int {
        let (stream, start) = (stream, used)
        let result = unsafe input.withUnsafeBytes { from in
            unsafe target.withUnsafeMutableBytes { to in
                unsafe stream.step(
                    UnsafeRawBufferPointer(rebasing: from[start...]),
                    into: UnsafeMutableRawBufferPointer(rebasing: to[offset...]))
            }
        }
        used += result.consumed
        switch result.status {
        case .open: break
        case .end: try nextMember()
        case .corrupt(let reason):
            throw FormatError(
                .corrupt, file: source.name, place: "offset \(position - input.count + used)",
                expected: "deflated data", found: reason)
        }
        return result.produced
    }

    private mutating func nextMember() throws(FormatError) {
        guard container == .gzip, try refill(), input[used] == Gzip.magic[0] else {
            isOver = true
            return
        }
        stream.restart()
    }
}
