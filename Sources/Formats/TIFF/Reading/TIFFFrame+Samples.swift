import CTIFFShim
import ImageCore

extension TIFFFrame {
    /// How the samples are stored, and the smallest scalar that holds them; `nil` when none does.
    static func storedSamples(_ tags: ctiff_page) -> (kind: ScalarKind, unpacking: Unpacking)? {
        let bits = Int(tags.bits_per_sample)
        switch (tags.sample_format, bits) {
        case (3, 16): return (.float16, .copy)
        case (3, 24): return (.float32, .float24)
        case (3, 32): return (.float32, .copy)
        case (3, 64): return (.float64, .copy)
        case (1, 1...64), (2, 1...64), (4, 1...64):
            let isSigned = tags.sample_format == 2
            return (integerKind(bits, isSigned: isSigned), integerUnpacking(bits, isSigned, tags.is_big_endian != 0))
        default: return nil
        }
    }

    private static func integerKind(_ bits: Int, isSigned: Bool) -> ScalarKind {
        switch bits {
        case ...8: isSigned ? .int8 : .uint8
        case ...16: isSigned ? .int16 : .uint16
        case ...32: isSigned ? .int32 : .uint32
        default: isSigned ? .int64 : .uint64
        }
    }

    private static func integerUnpacking(_ bits: Int, _ isSigned: Bool, _ isBigEndian: Bool) -> Unpacking {
        switch bits {
        case 8, 16, 32, 64: .copy
        // TIFF 6.0, Compression: other than SHORT and LONG are bytes, packed from the highest bit whatever the byte order.
        // libtiff however reverses 24 bits of big-endian files, taking them for numbers.
        case 24 where isBigEndian: .reversed24(isSigned: isSigned)
        default: .bits(bits, isSigned: isSigned)
        }
    }

    /// Why an image of these tags is not decoded, or nothing.
    static func unsupported(_ tags: ctiff_page) -> String? {
        let codec = LibTIFF.codec(tags.compression)
        if !codec.isAvailable { return "compression \(tags.compression) (\(codec.name)) is not supported" }
        if tags.compression == 7 && tags.bits_per_sample != 8 {
            return "JPEG with \(tags.bits_per_sample) bits per sample is not supported"
        }
        if source(tags) == .samples && storedSamples(tags) == nil {
            return "\(tags.bits_per_sample) bits of sample format \(tags.sample_format) are not supported"
        }
        return nil
    }

    /// Whether samples are taken as stored or converted by libtiff.
    static func source(_ tags: ctiff_page) -> Source {
        switch tags.photometric {
        case 6: tags.jpeg_gives_rgb != 0 ? .samples : .rgba
        case 8, 9, 10, 32844, 32845: .rgba
        // Old-style JPEG is only complete behind libtiff's conversion.
        default: tags.compression == 6 ? .rgba : .samples
        }
    }

    /// What the channels stand for, palettes aside.
    static func color(_ tags: ctiff_page, source: Source) -> ColorModel {
        if source == .rgba { return .rgb }
        let hasAlpha = tags.extra_count == 1 && (tags.extra_kind == 2 || premultipliedBitsOfAlpha(tags) != nil)
        switch (tags.photometric, tags.samples_per_pixel) {
        case (0, 1), (1, 1), (4, 1): return .gray
        case (0, 2), (1, 2): return hasAlpha ? .grayAlpha : .unspecified
        case (2, 3), (6, 3): return .rgb
        case (2, 4): return hasAlpha ? .rgba : .unspecified
        case (5, 4): return tags.ink_set == 1 ? .cmyk : .unspecified
        default: return .unspecified
        }
    }

    /// See ``premultipliedBits``.
    static func premultipliedBits(_ tags: ctiff_page, color: ColorModel) -> Int? {
        color == .rgba || color == .grayAlpha ? premultipliedBitsOfAlpha(tags) : nil
    }

    /// Bits of samples that are multiplied with an opacity and can be divided by it exactly enough.
    private static func premultipliedBitsOfAlpha(_ tags: ctiff_page) -> Int? {
        guard tags.extra_count == 1, tags.extra_kind == 1 else { return nil }
        if tags.sample_format == 3 { return 0 }
        return tags.sample_format == 1 && tags.bits_per_sample <= 32 ? Int(tags.bits_per_sample) : nil
    }
}
