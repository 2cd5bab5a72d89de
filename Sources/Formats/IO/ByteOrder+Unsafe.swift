import ImageCore

/// Turns the byte order of samples around, in place; a rest shorter than a sample stays.
///
/// - Parameters:
///   - bytes: Samples of one width.
///   - width: Bytes of a sample: 1 (nothing to do), 2, 4 or 8.
func swapByteOrder(_ bytes: inout MutableRawSpan, width: Int) {
    switch width {
    case 2: swapWords(&bytes, UInt16.self)
    case 4: swapWords(&bytes, UInt32.self)
    case 8: swapWords(&bytes, UInt64.self)
    default: break
    }
}

private func swapWords<Word: FixedWidthInteger & BitwiseCopyable>(_ bytes: inout MutableRawSpan, _: Word.Type) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
        let size = MemoryLayout<Word>.size
        for offset in stride(from: 0, through: buffer.count - size, by: size) {
            let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: Word.self)
            unsafe buffer.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
        }
    }
}

extension ByteSource {
    /// Reads as many bytes as a span holds.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before.
    package func read(at offset: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        var failure: FormatError?
        unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FormatError) { try unsafe read(at: offset, into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// Copies bytes to a place in a span.
///
/// - Precondition: the target has room for them.
func copyBytes(_ source: RawSpan, to target: inout MutableRawSpan, at offset: Int) {
    precondition(offset >= 0 && source.byteCount <= target.byteCount - offset, "the target has room")
    unsafe source.withUnsafeBytes { from in
        unsafe target.withUnsafeMutableBytes { to in
            guard let start = from.baseAddress, let place = to.baseAddress else { return }
            unsafe (place + offset).copyMemory(from: start, byteCount: from.count)
        }
    }
}

@safe
private struct CopyBytes: ImageVisitor {
    let target: UnsafeMutableRawBufferPointer

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        unsafe image.bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    }
}

/// Copies the samples of an image in C order.
///
/// - Precondition: the target is as long as they are.
func copyBytes(of image: AnyImage, to target: inout MutableRawSpan) {
    let image = image.contiguous()
    precondition(image.layout.count * image.kind.byteCount == target.byteCount, "as many bytes as samples")
    unsafe target.withUnsafeMutableBytes { unsafe image.accept(CopyBytes(target: $0)) }
}
