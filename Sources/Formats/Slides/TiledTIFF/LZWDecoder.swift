/// LZW as TIFF 6.0, section 13, defines it: codes of 9 to 12 bits, most significant bit first, width grown one code early.
struct LZWDecoder {
    private var prefix = [UInt16](repeating: 0, count: 4096)
    private var last = [UInt8](repeating: 0, count: 4096)
    private var first = [UInt8](repeating: 0, count: 4096)
    private var length = [UInt16](repeating: 1, count: 4096)

    init() {
        for i in 0..<256 {
            last[i] = UInt8(i)
            first[i] = UInt8(i)
        }
    }

    /// Expands codes until the output is full, the end code comes, or the input ends.
    ///
    /// - Returns: The number of bytes written; `nil` for a code that cannot be.
    mutating func decode(_ input: Span<UInt8>, into output: inout [UInt8]) -> Int? {
        var target = output.mutableSpan
        var (next, width, previous, written) = (258, 9, -1, 0)
        var (bits, bitCount, position) = (UInt32(0), 0, 0)
        while written < target.count {
            while bitCount < width && position < input.count {
                bits = bits << 8 | UInt32(input[position])
                bitCount += 8
                position += 1
            }
            guard bitCount >= width else { break }
            bitCount -= width
            let code = Int(bits >> UInt32(bitCount)) & ((1 << width) - 1)
            if code == 257 { break }
            if code == 256 {
                (next, width, previous) = (258, 9, -1)
                continue
            }
            guard code < (previous < 0 ? 256 : min(next + 1, 4096)) else { return nil }
            if previous >= 0 && next < 4096 {
                define(next, after: previous, ending: first[code == next ? previous : code])
                next += 1
            }
            written += emit(code, to: &target, at: written)
            previous = code
            if next >= (1 << width) - 1 && width < 12 { width += 1 }
        }
        return written
    }

    private mutating func define(_ code: Int, after previous: Int, ending byte: UInt8) {
        prefix[code] = UInt16(previous)
        last[code] = byte
        first[code] = first[previous]
        length[code] = length[previous] + 1
    }

    /// Writes the string of a code from its end to its start; what does not fit is left out.
    private func emit(_ code: Int, to target: inout MutableSpan<UInt8>, at start: Int) -> Int {
        let count = Int(length[code])
        var (at, code) = (start + count - 1, code)
        while at >= start {
            if at < target.count { target[at] = last[code] }
            code = Int(prefix[code])
            at -= 1
        }
        return min(count, target.count - start)
    }
}

/// Run lengths as TIFF 6.0, section 9, defines them.
enum PackBits {
    /// Expands until the output is full or the input ends.
    ///
    /// - Returns: The number of bytes written.
    static func decode(_ input: Span<UInt8>, into output: inout [UInt8]) -> Int? {
        var target = output.mutableSpan
        var (position, written) = (0, 0)
        while position < input.count && written < target.count {
            let head = Int(Int8(bitPattern: input[position]))
            position += 1
            if head >= 0 {
                let count = min(head + 1, input.count - position, target.count - written)
                for i in 0..<count { target[written + i] = input[position + i] }
                position += head + 1
                written += count
            } else if head != -128 && position < input.count {
                let count = min(1 - head, target.count - written)
                for i in 0..<count { target[written + i] = input[position] }
                position += 1
                written += count
            }
        }
        return written
    }
}
