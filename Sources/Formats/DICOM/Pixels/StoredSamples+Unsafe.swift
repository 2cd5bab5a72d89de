/// What is done to decoded samples in place, at the speed of memory.
extension MutableRawSpan {
    /// Sets all bytes from a place on to 0.
    mutating func clear(from place: Int) {
        guard place < byteCount else { return }
        clear(place..<byteCount)
    }

    /// Sets some bytes to 0.
    mutating func clear(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "the memory has the range")
        unsafe withUnsafeMutableBytes { buffer in
            _ = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[range])
                .initializeMemory(as: UInt8.self, repeating: 0)
        }
    }

    /// Calls a closure with the bytes as whole numbers of some type; a remainder is left out.
    ///
    /// - Precondition: the memory is aligned for the type.
    mutating func withNumbers<Number: FixedWidthInteger & BitwiseCopyable>(
        as type: Number.Type, _ body: (UnsafeMutableBufferPointer<Number>) -> Void
    ) {
        unsafe withUnsafeMutableBytes { buffer in
            let count = buffer.count / MemoryLayout<Number>.stride
            guard count > 0, let base = buffer.baseAddress else { return }
            precondition(UInt(bitPattern: base) % UInt(MemoryLayout<Number>.alignment) == 0, "aligned memory")
            unsafe base.withMemoryRebound(to: Number.self, capacity: count) { numbers in
                unsafe body(UnsafeMutableBufferPointer(start: numbers, count: count))
            }
        }
    }

    /// Turns numbers with their most significant byte first into the machine's, or back.
    mutating func swapBytes(width: Int) {
        switch width {
        case 2: swap(UInt16.self)
        case 4: swap(UInt32.self)
        case 8: swap(UInt64.self)
        default: break
        }
    }

    private mutating func swap<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) {
        unsafe withNumbers(as: type) { numbers in
            for i in numbers.indices { unsafe numbers[i] = numbers[i].byteSwapped }
        }
    }

    /// Keeps the stored bits of each number: shifted to the right, with the sign of their highest or zeros above.
    ///
    /// - Parameters:
    ///   - width: Bytes of a number: 1, 2 or 4.
    ///   - bits: How many bits carry the value.
    ///   - shift: How many bits lie below.
    ///   - isSigned: Whether the value is two's complement.
    mutating func isolate(width: Int, bits: Int, shift: Int, isSigned: Bool) {
        guard shift > 0 || bits < 8 * width else { return }
        switch (width, isSigned) {
        case (1, false): isolate(UInt8.self, bits, shift)
        case (1, true): isolate(Int8.self, bits, shift)
        case (2, false): isolate(UInt16.self, bits, shift)
        case (2, true): isolate(Int16.self, bits, shift)
        case (4, false): isolate(UInt32.self, bits, shift)
        default: isolate(Int32.self, bits, shift)
        }
    }

    private mutating func isolate<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, _ bits: Int, _ shift: Int
    ) {
        // An arithmetic shift to the right fills with the sign, a logical one with zeros.
        let up = Number(truncatingIfNeeded: Number.bitWidth - bits - shift)
        let down = Number(truncatingIfNeeded: Number.bitWidth - bits)
        unsafe withNumbers(as: type) { numbers in
            for i in numbers.indices { unsafe numbers[i] = (numbers[i] &<< up) &>> down }
        }
    }

    /// Turns red, green, blue out of luma and color differences of the same size (PS3.3 C.7.6.3.1.2), rounded to nearest.
    ///
    /// - Parameters:
    ///   - pixels: How many pixels of three 8-bit samples there are.
    ///   - isPartialRange: Whether luma goes from 16 to 235 and the differences from 16 to 240.
    mutating func convertYBR(pixels: Int, isPartialRange: Bool) {
        let conversion = YBRConversion(isPartialRange: isPartialRange)
        unsafe withNumbers(as: UInt8.self) { samples in
            precondition(samples.count >= 3 * pixels, "three samples per pixel")
            for i in 0..<pixels {
                let rgb = unsafe conversion(samples[3 * i], samples[3 * i + 1], samples[3 * i + 2])
                unsafe (samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]) = (rgb.red, rgb.green, rgb.blue)
            }
        }
    }
}

/// The equations of PS3.3 C.7.6.3.1.2 (ITU-R BT.601) with 16 fractional bits, as exact as 8-bit results need.
struct YBRConversion {
    private let floor: Int32
    private let luma: Int32
    private let (redCr, greenCb, greenCr, blueCb): (Int32, Int32, Int32, Int32)

    init(isPartialRange: Bool) {
        func fixed(_ value: Double) -> Int32 { Int32((value * 65536).rounded()) }
        let (lumaScale, chromaScale) = isPartialRange ? (255.0 / 219, 255.0 / 224) : (1, 1)
        floor = isPartialRange ? 16 : 0
        luma = fixed(lumaScale)
        redCr = fixed(1.402 * chromaScale)
        greenCb = fixed(-0.344136286 * chromaScale)
        greenCr = fixed(-0.714136286 * chromaScale)
        blueCb = fixed(1.772 * chromaScale)
    }

    @inline(__always)
    func callAsFunction(_ y: UInt8, _ cb: UInt8, _ cr: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        let base = (Int32(y) - floor) &* luma &+ 32768
        let (blueness, redness) = (Int32(cb) - 128, Int32(cr) - 128)
        func clamp(_ value: Int32) -> UInt8 { UInt8(truncatingIfNeeded: max(0, min(255, value &>> 16))) }
        return (
            clamp(base &+ redCr &* redness), clamp(base &+ greenCb &* blueness &+ greenCr &* redness),
            clamp(base &+ blueCb &* blueness)
        )
    }
}
