/// Rearranges samples as they stand uncompressed in a file into pixels of interleaved samples of whole bytes.
///
/// Every function fills what its input reaches and leaves the rest of the output to the caller.
enum NativeSamples {
    /// Takes samples of any number of bits up to 32, packed without gaps, lowest bit first (PS3.5, section 8.1.1).
    ///
    /// - Parameters:
    ///   - input: The bytes.
    ///   - bitOffset: Where the first sample begins.
    ///   - bits: Bits of a sample.
    ///   - count: How many samples to take.
    ///   - output: Numbers of `width` bytes.
    ///   - width: 1, 2 or 4.
    static func unpack(
        _ input: RawSpan, bitOffset: Int, bits: Int, count: Int, into output: inout MutableRawSpan, width: Int
    ) {
        if bits == 1 { return unpackBits(input, bitOffset: bitOffset, count: count, into: &output) }
        precondition(output.byteCount >= count * width && (bitOffset + count * bits + 7) / 8 <= input.byteCount)
        unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                for i in 0..<count {
                    let (byte, bit) = (bitOffset + i * bits).quotientAndRemainder(dividingBy: 8)
                    var word: UInt64 = 0
                    for k in 0..<(bit + bits + 7) / 8 { unsafe word |= UInt64(input[byte + k]) << UInt64(8 * k) }
                    let value = (word >> UInt64(bit)) & (1 << UInt64(bits) - 1)
                    for k in 0..<width {
                        unsafe output[i * width + k] = UInt8(truncatingIfNeeded: value >> UInt64(8 * k))
                    }
                }
            }
        }
    }

    /// Takes single bits, lowest first, as bytes of 0 or 1.
    static func unpackBits(_ input: RawSpan, bitOffset: Int, count: Int, into output: inout MutableRawSpan) {
        precondition(output.byteCount >= count && (bitOffset + count + 7) / 8 <= input.byteCount)
        unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                var i = 0
                while i < count, (bitOffset + i) & 7 != 0 {
                    unsafe output[i] = (input[(bitOffset + i) >> 3] >> UInt8((bitOffset + i) & 7)) & 1
                    i += 1
                }
                while i + 8 <= count {
                    // Eight bits are spread over eight bytes: copies of the byte, each masked to its own bit.
                    let byte = unsafe UInt64(input[(bitOffset + i) >> 3])
                    let spread = (byte &* 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
                    let ones = ((spread &+ 0x7F7F_7F7F_7F7F_7F7F) >> 7) & 0x0101_0101_0101_0101
                    unsafe output.storeBytes(of: ones.littleEndian, toByteOffset: i, as: UInt64.self)
                    i += 8
                }
                while i < count {
                    unsafe output[i] = (input[(bitOffset + i) >> 3] >> UInt8((bitOffset + i) & 7)) & 1
                    i += 1
                }
            }
        }
    }

    /// Interleaves planes, one per sample of a pixel.
    static func interleave(
        _ input: RawSpan, pixels: Int, samples: Int, width: Int, into output: inout MutableRawSpan
    ) {
        precondition(input.byteCount >= pixels * samples * width && output.byteCount >= pixels * samples * width)
        switch width {
        case 1: interleave(UInt8.self, input, pixels, samples, &output)
        case 2: interleave(UInt16.self, input, pixels, samples, &output)
        case 4: interleave(UInt32.self, input, pixels, samples, &output)
        default: interleave(UInt64.self, input, pixels, samples, &output)
        }
    }

    private static func interleave<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, _ input: RawSpan, _ pixels: Int, _ samples: Int, _ output: inout MutableRawSpan
    ) {
        unsafe input.withUnsafeBytes { input in
            unsafe output.withNumbers(as: type) { target in
                let size = MemoryLayout<Number>.stride
                for sample in 0..<samples {
                    for pixel in 0..<pixels {
                        unsafe target[pixel * samples + sample] = input.loadUnaligned(
                            fromByteOffset: (sample * pixels + pixel) * size, as: type)
                    }
                }
            }
        }
    }

    /// Repeats the color differences that two pixels of a row share: Y1 Y2 Cb Cr becomes Y1 Cb Cr Y2 Cb Cr.
    static func expandPairs(_ input: RawSpan, pixels: Int, into output: inout MutableRawSpan) {
        precondition(input.byteCount >= pixels * 2 && output.byteCount >= pixels * 3 && pixels.isMultiple(of: 2))
        unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                for pair in 0..<pixels / 2 {
                    let (blueness, redness) = unsafe (input[4 * pair + 2], input[4 * pair + 3])
                    for k in 0..<2 {
                        unsafe output[6 * pair + 3 * k] = input[4 * pair + k]
                        unsafe output[6 * pair + 3 * k + 1] = blueness
                        unsafe output[6 * pair + 3 * k + 2] = redness
                    }
                }
            }
        }
    }

    /// Copies bytes.
    static func copy(_ input: RawSpan, count: Int, into output: inout MutableRawSpan) {
        precondition(count >= 0 && input.byteCount >= count && output.byteCount >= count)
        unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                guard count > 0, let from = input.baseAddress, let to = output.baseAddress else { return }
                unsafe to.copyMemory(from: from, byteCount: count)
            }
        }
    }

    /// Makes wider numbers of unsigned ones of 1 or 2 bytes.
    static func widen(
        _ input: RawSpan, from narrow: Int = 1, count: Int, into output: inout MutableRawSpan, width: Int
    ) {
        precondition(input.byteCount >= count * narrow && output.byteCount >= count * width && narrow < width)
        switch (narrow, width) {
        case (1, 2): widen(UInt8.self, UInt16.self, input, count, &output)
        case (1, _): widen(UInt8.self, UInt32.self, input, count, &output)
        default: widen(UInt16.self, UInt32.self, input, count, &output)
        }
    }

    private static func widen<Narrow: FixedWidthInteger, Wide: FixedWidthInteger & BitwiseCopyable>(
        _ from: Narrow.Type, _ to: Wide.Type, _ input: RawSpan, _ count: Int, _ output: inout MutableRawSpan
    ) {
        unsafe input.withUnsafeBytes { input in
            unsafe output.withNumbers(as: to) { target in
                guard let source = unsafe input.baseAddress?.assumingMemoryBound(to: from) else { return }
                for i in 0..<count { unsafe target[i] = Wide(truncatingIfNeeded: source[i]) }
            }
        }
    }
}
