import Synchronization

/// A block of 8-bit samples that is handed from thread to thread and used again.
///
/// Unchecked: whoever holds a buffer decides who writes it; the extraction engine lets one thread write, then many read.
@safe
package final class SampleBuffer: @unchecked Sendable {
    private let base: UnsafeMutablePointer<UInt8>
    package let count: Int

    /// Takes memory whose content is undefined.
    package init(count: Int) {
        unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
        self.count = count
    }

    deinit { unsafe base.deallocate() }

    /// The samples, to be read while nobody writes.
    package var samples: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Calls a closure that writes the samples; the caller makes sure that nobody else uses them meanwhile.
    package func write<Result, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe MutableSpan(_unsafeStart: base, count: count)
        return try body(&span)
    }

    /// Copies a rectangle of interleaved rows from another buffer.
    ///
    /// - Precondition: both rectangles lie inside their buffers.
    package func copyRows(
        _ rows: Int, bytesPerRow: Int, from source: SampleBuffer, sourceStart: Int, sourceStride: Int, to start: Int,
        stride: Int
    ) {
        guard rows > 0, bytesPerRow > 0 else { return }
        precondition(sourceStart >= 0 && sourceStart + (rows - 1) * sourceStride + bytesPerRow <= source.count)
        precondition(start >= 0 && start + (rows - 1) * stride + bytesPerRow <= count)
        for row in 0..<rows {
            unsafe (base + start + row * stride).update(
                from: source.base + sourceStart + row * sourceStride, count: bytesPerRow)
        }
    }
}

/// Buffers of one size that wait to be used again.
package final class SampleBufferPool: Sendable {
    private let idle = Mutex<[SampleBuffer]>([])
    package let bufferSize: Int

    /// A pool of buffers of one size.
    package init(bufferSize: Int) { self.bufferSize = bufferSize }

    /// A buffer that nobody else uses; its content is undefined.
    package func take() -> SampleBuffer { idle.withLock { $0.popLast() } ?? SampleBuffer(count: bufferSize) }

    /// Keeps a buffer for the next user.
    package func giveBack(_ buffer: SampleBuffer) { idle.withLock { $0.append(buffer) } }
}
