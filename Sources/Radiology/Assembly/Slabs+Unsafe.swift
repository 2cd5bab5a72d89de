import Formats
import ImageCore
import ImageProcessing

/// The memory of a volume, cut into slabs of equal size that threads fill independently.
///
/// Unchecked: every slab is handed to one call only, and the memory outlives the loop.
@safe
private struct Slabs: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
}

/// Calls a closure with every slab of a block of bytes, in parallel.
///
/// - Precondition: the number of bytes is a multiple of the number of slabs.
func forEachSlab<Failure: Error>(
    of bytes: inout MutableRawSpan, count: Int, workers: Int,
    body: @Sendable (Int, inout MutableRawSpan) throws(Failure) -> Void
) throws(Failure) {
    guard count > 0, bytes.byteCount > 0 else { return }
    precondition(bytes.byteCount.isMultiple(of: count), "slabs of equal size")
    let size = bytes.byteCount / count
    let total = bytes.byteCount
    let slabs = unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("a block that is not empty has an address") }
        return unsafe Slabs(base: base)
    }
    unsafe adviseHugePages(UnsafeMutableRawBufferPointer(start: slabs.base, count: total))
    try forEachInParallel(count: count, workers: workers) { index throws(Failure) in
        var slab = unsafe MutableRawSpan(_unsafeStart: slabs.base + index * size, byteCount: size)
        try body(index, &slab)
    }
}

extension MutableRawSpan {
    /// The bytes as samples.
    ///
    /// - Precondition: the bytes are aligned for the type.
    mutating func withSamples<Sample: BitwiseCopyable>(
        as type: Sample.Type, _ body: (inout MutableSpan<Sample>) -> Void
    ) {
        unsafe withUnsafeMutableBytes { buffer in
            var samples = unsafe MutableSpan<Sample>(_unsafeElements: buffer.bindMemory(to: Sample.self))
            body(&samples)
        }
    }

    /// Reads bytes of a file to the start of the memory.
    mutating func fill(from source: ByteSource, at offset: Int, count: Int) throws(FormatError) {
        precondition(count <= byteCount, "room for the bytes")
        try unsafe withUnsafeMutableBytes { buffer throws(FormatError) in
            try unsafe source.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}

extension SampleBuffer {
    /// Calls a closure that writes the first bytes.
    ///
    /// - Precondition: the buffer has that many.
    func writeBytes<Failure: Error>(
        _ wanted: Int, _ body: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(wanted <= count, "room for the bytes")
        try write { (samples: inout MutableSpan<UInt8>) throws(Failure) in
            try unsafe samples.withUnsafeMutableBufferPointer { buffer throws(Failure) in
                var bytes = unsafe MutableRawSpan(
                    _unsafeBytes: UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<wanted]))
                try body(&bytes)
            }
        }
    }
}

extension Span<UInt8> {
    /// The bytes as samples.
    ///
    /// - Precondition: the bytes are aligned for the type.
    func withSamples<Sample: BitwiseCopyable>(as type: Sample.Type, _ body: (Span<Sample>) -> Void) {
        unsafe withUnsafeBytes { buffer in
            body(unsafe Span<Sample>(_unsafeElements: buffer.bindMemory(to: Sample.self)))
        }
    }
}

/// Writes the bytes of an image that is there already.
struct ByteWriter<Failure: Error>: ImageMutator {
    let body: (inout MutableRawSpan) throws(Failure) -> Void
    var failure: Failure?

    mutating func mutate<Scalar: ImageScalar>(_ image: inout Image<Scalar>) {
        var samples = image.mutableSamples
        var bytes = unsafe samples.mutableBytes
        do throws(Failure) {
            try body(&bytes)
        } catch {
            failure = error
        }
    }
}
