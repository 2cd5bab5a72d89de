/// Expands deflated bytes of a source into memory of the caller, with little memory of its own.
struct StreamedInflation {
    private let source: ByteSource
    private let end: Int
    private let container: DeflateContainer
    private let stream: InflateStream
    private var position: Int
    private var input: [UInt8] = []
    private var used = 0
    /// Whether a member or stream is whole, and nothing behind it was looked at.
    private var isAtEnd = false

    /// Small enough that what it expands to is still in the processor's cache when its checksum is computed.
    private static let inputLength = 1 << 17
    private static let outputLength = 1 << 20

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
        while written < target.byteCount, try goOn() {
            let step = try step(into: &target, at: written)
            guard step.didSomething else { break }
            written += step.produced
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

    /// Reads on to the checksum of the member or stream that was read last; members behind it are left alone.
    ///
    /// - Parameter limit: How many more bytes it may hold; of longer ones the checksum is not looked at.
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before, `corrupt` for a wrong checksum or
    ///   length.
    mutating func finish(passing limit: Int) throws(FormatError) {
        var scratch = [UInt8](repeating: 0, count: 1 << 16)
        var passed = 0
        while !isAtEnd, passed <= limit {
            var span = scratch.mutableSpan
            var bytes = unsafe span.mutableBytes
            let step = try step(into: &bytes, at: 0)
            guard step.didSomething else {
                throw FormatError(
                    .truncated, file: source.name, place: "offset \(end)", expected: "the end of the deflated data",
                    found: "the end of the file")
            }
            passed += step.produced
        }
    }

    /// Prepares for the next member where one has ended; `false` at the end of all.
    private mutating func goOn() throws(FormatError) -> Bool {
        guard isAtEnd else { return true }
        try refill()
        guard container == .gzip, used < input.count, input[used] == Gzip.magic[0] else { return false }
        stream.restart()
        isAtEnd = false
        return true
    }

    private mutating func refill() throws(FormatError) {
        guard used == input.count, position < end else { return }
        try source.read(at: position, count: min(Self.inputLength, end - position), into: &input)
        position += input.count
        used = 0
    }

    private mutating func step(
        into target: inout MutableRawSpan, at offset: Int
    ) throws(FormatError) -> InflateStream.Step {
        try refill()
        let (stream, start) = (stream, used)
        let result = unsafe input.withUnsafeBytes { from in
            unsafe target.withUnsafeMutableBytes { to in
                let room = offset..<min(to.count, offset + Self.outputLength)
                return unsafe stream.step(
                    UnsafeRawBufferPointer(rebasing: from[start...]),
                    into: UnsafeMutableRawBufferPointer(rebasing: to[room]))
            }
        }
        used += result.consumed
        if case .corrupt(let reason) = result.status {
            throw FormatError(
                .corrupt, file: source.name, place: "offset \(position - input.count + used)",
                expected: "deflated data", found: reason)
        }
        isAtEnd = result.status == .end
        return result
    }
}
