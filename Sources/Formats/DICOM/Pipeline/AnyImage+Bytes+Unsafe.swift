import ImageCore

extension AnyImage {
    /// Copies the samples, in C order, to memory of exactly their size.
    func copyBytes(into bytes: inout MutableRawSpan) {
        var target = SampleCopy()
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe target.buffer = buffer
            accept(target)
        }
    }
}

@safe
private struct SampleCopy: ImageVisitor {
    var buffer = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        let image = image.contiguous()
        unsafe image.bytes.withUnsafeBytes { source in
            unsafe precondition(source.count == buffer.count, "as many bytes as samples have")
            unsafe buffer.copyMemory(from: source)
        }
    }
}
