import CDeflate

/// A libdeflate decompressor; one thread at a time.
@safe
private final class Decompressor {
    let handle: OpaquePointer

    init(file: String) throws(FormatError) {
        guard let handle = unsafe libdeflate_alloc_decompressor() else {
            throw FormatError(.limitExceeded, file: file, found: "no memory for a decompressor")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe libdeflate_free_decompressor(handle) }
}

extension ByteSource {
    /// Expands deflated bytes straight into a span, which they must fill.
    ///
    /// What they hold beyond is passed over to the checksum of the member or stream that the span ends in; where that is as
    /// long as the span again, it is left alone. Files of members that say their length (as Tessera writes them) are
    /// expanded on several threads.
    /// - Parameters:
    ///   - offset: Where the deflated data begins.
    ///   - count: Its length, all of the rest for gzip.
    ///   - container: How it is wrapped.
    ///   - skipped: Expanded bytes to pass over first.
    ///   - target: Memory for what follows.
    ///   - workers: Largest number of threads.
    /// - Throws: `truncated` when there is less, `corrupt` for what is no deflated data or has a wrong checksum.
    func inflate(
        at offset: Int, count: Int, container: DeflateContainer, skipping skipped: Int = 0,
        into target: inout MutableRawSpan, workers: Int = defaultWorkerCount
    ) throws(FormatError) {
        let total = skipped + target.byteCount
        try checkInflated(total, from: count, at: offset)
        unsafe target.withUnsafeMutableBytes { unsafe adviseHugePages($0) }
        if container == .gzip, offset == 0, let pieces = try Gzip.pieces(of: self, total: total),
            skipped == 0 || pieces[0].content.upperBound == skipped
        {
            if skipped > 0 { try check(pieces[0]) }
            return try inflate(
                skipped == 0 ? pieces : Array(pieces.dropFirst()), start: skipped, into: &target, workers: workers)
        }
        var stream = StreamedInflation(self, at: offset, count: count, container: container)
        var found = try stream.skip(skipped)
        if found == skipped { found += try stream.read(into: &target) }
        guard found == total else {
            throw FormatError(
                .truncated, file: name, place: "deflated data at offset \(offset)", expected: "\(total) bytes",
                found: "\(found)")
        }
        try stream.finish(passing: max(total, 1 << 20))
    }

    /// Refuses, before memory is taken, to look for more than deflated bytes can expand to.
    func checkInflated(_ total: Int, from count: Int, at offset: Int) throws(FormatError) {
        guard count <= self.count - offset, total / Gzip.greatestRatio <= count else {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)",
                expected: "deflated data of \(total) bytes", found: "\(min(count, self.count - offset)) bytes")
        }
    }

    private func inflate(
        _ pieces: [Gzip.Piece], start: Int, into target: inout MutableRawSpan, workers: Int
    ) throws(FormatError) {
        var failure: FormatError?
        unsafe target.withUnsafeMutableBytes { target in
            // Unchecked: the ranges of the pieces do not overlap.
            nonisolated(unsafe) let target = unsafe target
            do throws(FormatError) {
                try forEachPiece(pieces.count, workers: workers) { index throws(FormatError) in
                    let piece = pieces[index]
                    let range = piece.content.lowerBound - start..<piece.content.upperBound - start
                    try unsafe inflate(piece, into: UnsafeMutableRawBufferPointer(rebasing: target[range]))
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Expands a piece that nobody asks for, to see whether it is damaged.
    private func check(_ piece: Gzip.Piece) throws(FormatError) {
        var stream = StreamedInflation(
            self, at: piece.offset - Gzip.IndexedMember.headerLength,
            count: piece.count + Gzip.IndexedMember.headerLength + Gzip.IndexedMember.trailerLength, container: .gzip)
        try stream.finish(passing: piece.content.count)
    }

    private func inflate(_ piece: Gzip.Piece, into target: UnsafeMutableRawBufferPointer) throws(FormatError) {
        let decompressor = try Decompressor(file: name)
        let input = try bytes(at: piece.offset, count: piece.count)
        var written = 0
        let result = unsafe libdeflate_deflate_decompress(
            decompressor.handle, input, input.count, target.baseAddress, target.count, &written)
        let isWhole = result == LIBDEFLATE_SUCCESS && written == target.count
        guard isWhole, unsafe libdeflate_crc32(0, target.baseAddress, target.count) == piece.checksum else {
            throw FormatError(
                .corrupt, file: name, place: "offset \(piece.offset)",
                expected: "deflated data of \(target.count) bytes with the checksum \(piece.checksum)",
                found: isWhole ? "another checksum" : "something else")
        }
    }
}
