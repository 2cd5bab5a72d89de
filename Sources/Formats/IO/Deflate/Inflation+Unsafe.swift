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
    /// Expands deflated bytes into a span, which they must fill; what they hold beyond is left alone.
    ///
    /// Files of members that say their length (as Tessera writes them) are expanded on several threads.
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
        if container == .gzip, offset == 0, let pieces = try Gzip.pieces(of: self, total: total),
            pieces.first?.content.upperBound == skipped || skipped == 0
        {
            let content = skipped == 0 ? pieces : Array(pieces.dropFirst())
            return try inflate(content, start: skipped, into: &target, workers: workers)
        }
        if try inflateWhole(at: offset, count: count, container: container, skipping: skipped, into: &target) { return }
        try inflateStream(at: offset, count: count, container: container, skipping: skipped, into: &target)
    }

    /// Refuses, before memory is taken, to look for more than deflated bytes can expand to.
    func checkInflated(_ total: Int, from count: Int, at offset: Int) throws(FormatError) {
        guard count <= self.count - offset, total / Gzip.greatestRatio <= count else {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)",
                expected: "deflated data of \(total) bytes", found: "\(min(count, self.count - offset)) bytes")
        }
    }

    /// Expands by libdeflate; `false` where the data is not simply what was expected.
    private func inflateWhole(
        at offset: Int, count: Int, container: DeflateContainer, skipping skipped: Int,
        into target: inout MutableRawSpan
    ) throws(FormatError) -> Bool {
        // A header's lead is small; a file that asks for much is read in pieces.
        guard skipped <= 1 << 24 else { return false }
        let decompressor = try Decompressor(file: name)
        let input = try bytes(at: offset, count: count)
        return unsafe target.withUnsafeMutableBytes { target in
            unsafe adviseHugePages(target)
            guard skipped > 0 else {
                return unsafe decompressor.expand(input, container, into: target)
            }
            let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: skipped + target.count, alignment: 64)
            defer { unsafe whole.deallocate() }
            unsafe adviseHugePages(whole)
            guard unsafe decompressor.expand(input, container, into: whole) else { return false }
            unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[skipped...]))
            return true
        }
    }

    /// Expands piece by piece: for data that goes on, and to say what is wrong with it.
    private func inflateStream(
        at offset: Int, count: Int, container: DeflateContainer, skipping skipped: Int,
        into target: inout MutableRawSpan
    ) throws(FormatError) {
        var stream = StreamedInflation(self, at: offset, count: count, container: container)
        var found = try stream.skip(skipped)
        if found == skipped { found += try stream.read(into: &target) }
        guard found == skipped + target.byteCount else {
            throw FormatError(
                .truncated, file: name, place: "deflated data at offset \(offset)",
                expected: "\(skipped + target.byteCount) bytes", found: "\(found)")
        }
        try stream.finish()
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

extension Decompressor {
    /// Whether some members of gzip, or one zlib stream, fill the target exactly; bytes behind them do not matter.
    fileprivate func expand(
        _ input: [UInt8], _ container: DeflateContainer, into target: UnsafeMutableRawBufferPointer
    ) -> Bool {
        unsafe input.withUnsafeBytes { input in
            var (used, filled) = (0, 0)
            while filled < target.count, used < input.count {
                var (read, written) = (0, 0)
                let source = unsafe input.baseAddress.map { unsafe $0 + used }
                let place = unsafe target.baseAddress.map { unsafe $0 + filled }
                let expand = unsafe container == .gzip ? libdeflate_gzip_decompress_ex : libdeflate_zlib_decompress_ex
                let result = unsafe expand(
                    handle, source, input.count - used, place, target.count - filled, &read, &written)
                guard result == LIBDEFLATE_SUCCESS else { return false }
                used += read
                filled += written
                if container == .zlib { break }
            }
            return filled == target.count
        }
    }
}
