import CKissFFT
import ImageCore

/// The transform of complex numbers in C order, in a fresh array; not scaled.
///
/// - Precondition: the sizes multiply to the count, and each fits 32 bits.
func transformed(
    _ values: [SIMD2<Float>], sizes: [Int], isInverse: Bool
) throws(ImageError) -> [SIMD2<Float>] {
    precondition(sizes.reduce(1, *) == values.count, "as many values as the sizes say")
    let dimensions = sizes.map { Int32($0) }
    let (direction, count) = (Int32(isInverse ? 1 : 0), Int32(sizes.count))
    var byteCount = 0
    // Without memory the library says how much it needs.
    _ = unsafe kiss_fftnd_alloc(dimensions, count, direction, nil, &byteCount)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
    defer { unsafe memory.deallocate() }
    guard let plan = unsafe kiss_fftnd_alloc(dimensions, count, direction, memory.baseAddress, &byteCount) else {
        throw .invalidArgument("expected sizes that can be transformed, found \(sizes)")
    }
    var result = [SIMD2<Float>](repeating: .zero, count: values.count)
    // A pair of floats has the layout of kiss_fft_cpx.
    unsafe values.withUnsafeBytes { source in
        unsafe result.withUnsafeMutableBytes { target in
            let input = unsafe source.assumingMemoryBound(to: kiss_fft_cpx.self)
            let output = unsafe target.assumingMemoryBound(to: kiss_fft_cpx.self)
            unsafe kiss_fftnd(plan, input.baseAddress, output.baseAddress)
        }
    }
    return result
}
