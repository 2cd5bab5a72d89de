/// Fills equal pieces of memory on several threads: each call gets one piece, and no two calls the same.
///
/// - Parameters:
///   - samples: The memory; its count is a multiple of the piece.
///   - count: Number of pieces.
///   - workers: Largest number of threads.
///   - body: Writes the piece with an index; it may run at the same time as the work for others.
func fillPiecesInParallel<Sample: BitwiseCopyable & Sendable>(
    _ samples: inout MutableSpan<Sample>, count: Int, workers: Int,
    body: @Sendable (Int, inout MutableSpan<Sample>) -> Void
) {
    guard count > 0 else { return }
    let length = samples.count / count
    precondition(length * count == samples.count, "equal pieces")
    unsafe samples.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        let base = unsafe SharedPointer(start: start)
        forEachInParallel(count: count, workers: workers) { index in
            var piece = unsafe MutableSpan(_unsafeStart: base.start + index * length, count: length)
            body(index, &piece)
        }
    }
}

/// Memory that threads write at different places.
@unsafe private struct SharedPointer<Sample>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Sample>
}
