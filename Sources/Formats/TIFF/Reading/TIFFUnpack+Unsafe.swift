import Glibc
import ImageCore

/// Moves rows of a decoded tile or strip to their place in an interleaved image.
struct TIFFUnpacker {
    let unpacking: TIFFFrame.Unpacking
    /// Bytes of a sample in memory.
    let sampleBytes: Int

    /// Unpacks samples that follow each other in `source`.
    ///
    /// - Parameters:
    ///   - source: At least as many bytes as the samples take, from the start of a row.
    ///   - target: Where the first sample goes.
    ///   - count: Number of samples.
    ///   - step: Distance of two samples in the target, in samples: 1 for interleaved pieces, the channels for planes.
    func unpack(
        _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer, count: Int, step: Int
    ) {
        precondition(target.count >= ((count - 1) * step + 1) * sampleBytes, "room for the samples")
        if unpacking == .copy && step == 1 {
            return unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<(count * sampleBytes)]))
        }
        switch sampleBytes {
        case 1: unsafe unpack(source, UInt8.self, target, count, step)
        case 2: unsafe unpack(source, UInt16.self, target, count, step)
        case 4: unsafe unpack(source, UInt32.self, target, count, step)
        default: unsafe unpack(source, UInt64.self, target, count, step)
        }
    }

    private func unpack<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ source: UnsafeRawBufferPointer, _: Word.Type, _ target: UnsafeMutableRawBufferPointer, _ count: Int,
        _ step: Int
    ) {
        let size = MemoryLayout<Word>.size
        func put(_ i: Int, _ value: UInt64) {
            unsafe target.storeBytes(
                of: Word(truncatingIfNeeded: value), toByteOffset: i * step * size, as: Word.self)
        }
        switch unpacking {
        case .copy:
            for i in 0..<count {
                let word = unsafe source.loadUnaligned(fromByteOffset: i * size, as: Word.self)
                unsafe target.storeBytes(of: word, toByteOffset: i * step * size, as: Word.self)
            }
        case .bits(let bits, let isSigned):
            var position = 0
            for i in 0..<count {
                let value = unsafe takeBits(source, at: position, bits)
                put(i, isSigned ? extendSign(value, bits) : value)
                position += bits
            }
        case .reversed24(let isSigned):
            for i in 0..<count {
                let value = unsafe takeThreeBytes(source, at: i * 3)
                put(i, isSigned ? extendSign(value, 24) : value)
            }
        case .float24:
            for i in 0..<count {
                let value = unsafe takeThreeBytes(source, at: i * 3)
                put(i, UInt64(float(fromFloat24: UInt32(value)).bitPattern))
            }
        }
    }

    private func takeBits(_ source: UnsafeRawBufferPointer, at start: Int, _ bits: Int) -> UInt64 {
        var value: UInt64 = 0
        var position = start
        var wanted = bits
        while wanted > 0 {
            let left = 8 - (position & 7)
            let taken = min(left, wanted)
            let byte = unsafe UInt64(source[position >> 3])
            let mask: UInt64 = (1 << UInt64(taken)) - 1
            value = value << UInt64(taken) | (byte >> UInt64(left - taken)) & mask
            position += taken
            wanted -= taken
        }
        return value
    }

    private func takeThreeBytes(_ source: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
        unsafe UInt64(source[start]) | UInt64(source[start + 1]) << 8 | UInt64(source[start + 2]) << 16
    }
}

private func extendSign(_ value: UInt64, _ bits: Int) -> UInt64 {
    UInt64(bitPattern: Int64(bitPattern: value << UInt64(64 - bits)) >> Int64(64 - bits))
}

/// The value of a 24-bit floating-point number: 1 bit of sign, 7 of exponent with bias 63, 16 of fraction.
func float(fromFloat24 bits: UInt32) -> Float {
    let sign: Float = bits >> 23 & 1 == 0 ? 1 : -1
    let exponent = Int(bits >> 16 & 0x7F)
    let fraction = Float(bits & 0xFFFF) / 65536
    switch exponent {
    case 0: return sign * fraction * Float(sign: .plus, exponent: -62, significand: 1)
    case 127: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 63, significand: 1 + fraction)
    }
}
