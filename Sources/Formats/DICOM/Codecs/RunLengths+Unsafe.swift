/// RLE of DICOM, PS3.5 annex G: each byte of a sample in a segment of its own, most significant first, packed as PackBits does.
enum RunLengths {
    /// The segments of a frame by the header of 64 bytes; `nil` when it cannot be right.
    static func segments(_ frame: RawSpan, count expected: Int) -> [Range<Int>]? {
        guard frame.byteCount >= 64 else { return nil }
        func word(_ i: Int) -> Int {
            Int(UInt32(littleEndian: unsafe frame.unsafeLoadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
        }
        let count = word(0)
        guard (1...15).contains(count), count >= expected else { return nil }
        let starts = (0..<count).map { word($0 + 1) } + [frame.byteCount]
        guard starts[0] >= 64, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
        return (0..<count).map { starts[$0]..<starts[$0 + 1] }
    }

    /// Expands a segment into neighboring bytes.
    ///
    /// - Returns: The number of bytes written: fewer than there is room for when the segment ends early.
    static func expand(_ segment: RawSpan, into output: inout MutableRawSpan, from start: Int, count: Int) -> Int {
        precondition(start >= 0 && count >= 0 && start + count <= output.byteCount)
        return unsafe segment.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                guard let from = input.baseAddress, let base = output.baseAddress else { return 0 }
                return unsafe expand(from, input.count, base + start, count)
            }
        }
    }

    private static func expand(
        _ input: UnsafeRawPointer, _ inputCount: Int, _ output: UnsafeMutableRawPointer, _ count: Int
    ) -> Int {
        var (read, written) = (0, 0)
        while read < inputCount, written < count {
            let control = unsafe Int(input.load(fromByteOffset: read, as: Int8.self))
            read += 1
            if control >= 0 {
                let run = min(control + 1, inputCount - read, count - written)
                unsafe (output + written).copyMemory(from: input + read, byteCount: run)
                read += control + 1
                written += run
            } else if control != -128 {
                guard read < inputCount else { break }
                let run = min(1 - control, count - written)
                let value = unsafe input.load(fromByteOffset: read, as: UInt8.self)
                unsafe (output + written).initializeMemory(as: UInt8.self, repeating: value, count: run)
                read += 1
                written += run
            }
        }
        return written
    }

    /// Puts byte planes together: plane `samples · width` of each pixel, each sample's most significant byte first.
    static func merge(
        _ planes: RawSpan, pixels: Int, samples: Int, width: Int, into output: inout MutableRawSpan
    ) {
        precondition(planes.byteCount >= pixels * samples * width && output.byteCount >= pixels * samples * width)
        unsafe planes.withUnsafeBytes { planes in
            unsafe output.withUnsafeMutableBytes { output in
                if width == 2 && samples == 1 {
                    unsafe mergeWords(planes, pixels, output)
                } else {
                    for sample in 0..<samples {
                        for byte in 0..<width {
                            let from = (sample * width + byte) * pixels
                            let to = sample * width + (width - 1 - byte)
                            for pixel in 0..<pixels {
                                unsafe output[pixel * samples * width + to] = planes[from + pixel]
                            }
                        }
                    }
                }
            }
        }
    }

    private static func mergeWords(
        _ planes: UnsafeRawBufferPointer, _ pixels: Int, _ output: UnsafeMutableRawBufferPointer
    ) {
        guard let high = planes.baseAddress, let target = output.baseAddress else { return }
        let highs = unsafe high.assumingMemoryBound(to: UInt8.self)
        let lows = unsafe (high + pixels).assumingMemoryBound(to: UInt8.self)
        unsafe target.withMemoryRebound(to: UInt16.self, capacity: pixels) { words in
            for i in 0..<pixels { unsafe words[i] = UInt16(highs[i]) << 8 | UInt16(lows[i]) }
        }
    }
}
