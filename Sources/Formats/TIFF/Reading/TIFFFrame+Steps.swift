import ImageCore

extension TIFFFrame {
    /// Turns unsigned gray from 0 = white to 0 = black; an alpha channel stays.
    func invert(_ bytes: inout MutableRawSpan, bits: Int) {
        switch storedKind.byteCount {
        case 1: invert(&bytes, bits, UInt8.self)
        case 2: invert(&bytes, bits, UInt16.self)
        case 4: invert(&bytes, bits, UInt32.self)
        default: invert(&bytes, bits, UInt64.self)
        }
    }

    private func invert<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ bytes: inout MutableRawSpan, _ bits: Int, _: Word.Type
    ) {
        var words = unsafe bytes._unsafeMutableView(as: Word.self)
        let white = Word.max >> Word(Word.bitWidth - bits)
        for i in stride(from: 0, to: words.count, by: channels) { words[i] = white - words[i] }
    }

    /// Divides color by opacity, which is the last channel; `bits` is 0 for floating point.
    func divideByAlpha(_ bytes: inout MutableRawSpan, bits: Int) {
        switch storedKind {
        case .uint8: divide(&bytes, UInt8.self, bits)
        case .uint16: divide(&bytes, UInt16.self, bits)
        case .uint32: divide(&bytes, UInt32.self, bits)
        case .float16: divide(&bytes, Float16.self)
        case .float32: divide(&bytes, Float.self)
        case .float64: divide(&bytes, Double.self)
        default: return
        }
    }

    private func divide<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ bytes: inout MutableRawSpan, _: Word.Type, _ bits: Int
    ) {
        var words = unsafe bytes._unsafeMutableView(as: Word.self)
        let opaque = UInt64(Word.max >> Word(Word.bitWidth - bits))
        for pixel in stride(from: 0, to: words.count, by: channels) {
            let alpha = UInt64(words[pixel + channels - 1])
            guard alpha > 0, alpha < opaque else { continue }
            for i in pixel..<pixel + channels - 1 {
                words[i] = Word(min(opaque, (UInt64(words[i]) * opaque + alpha / 2) / alpha))
            }
        }
    }

    private func divide<Real: BinaryFloatingPoint & BitwiseCopyable>(_ bytes: inout MutableRawSpan, _: Real.Type) {
        var samples = unsafe bytes._unsafeMutableView(as: Real.self)
        for pixel in stride(from: 0, to: samples.count, by: channels) {
            let alpha = samples[pixel + channels - 1]
            guard alpha > 0 else { continue }
            for i in pixel..<pixel + channels - 1 { samples[i] /= alpha }
        }
    }

    /// Replaces the indices of a palette by its colors.
    func expand(_ stored: [UInt8], _ palette: TIFFPalette, into bytes: inout MutableRawSpan) {
        guard storedKind == .uint16 else { return expand(stored.span, palette, into: &bytes) }
        let indices = (0..<stored.count / 2).map { UInt16(stored[2 * $0]) | UInt16(stored[2 * $0 + 1]) << 8 }
        expand(indices.span, palette, into: &bytes)
    }

    private func expand<Index: FixedWidthInteger>(
        _ indices: Span<Index>, _ palette: TIFFPalette, into bytes: inout MutableRawSpan
    ) {
        if palette.isEightBit {
            var colors = unsafe bytes._unsafeMutableView(as: UInt8.self)
            palette.expand(indices, into: &colors)
        } else {
            var colors = unsafe bytes._unsafeMutableView(as: UInt16.self)
            palette.expand(indices, into: &colors)
        }
    }
}
