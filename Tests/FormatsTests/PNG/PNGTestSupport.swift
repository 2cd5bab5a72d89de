import Foundation
import Formats
import ImageCore
import TestSupport
import Testing

/// A PNG file made of chunks, for tests of what a file says.
struct PNGFile {
    var chunks: [(type: String, data: [UInt8])]

    /// A file of one gray pixel.
    static var pixel: PNGFile {
        get throws {
            let bytes = try PNGEncoder(filter: .none).encode(
                Image<UInt8>(axes: [.y, .x], sizes: [1, 1], color: .gray))
            return PNGFile(bytes)
        }
    }

    /// The chunks of a file.
    init(_ bytes: [UInt8]) {
        chunks = []
        var offset = 8
        while offset < bytes.count {
            let count = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self)
            chunks.append((type, Array(bytes[offset + 8..<offset + 8 + count])))
            offset += 12 + count
        }
    }

    /// The first chunk of a type.
    func data(_ type: String) -> [UInt8]? { chunks.first { $0.type == type }?.data }

    /// The same file with a chunk before the pixels.
    func adding(_ type: String, _ data: [UInt8]) -> PNGFile {
        var file = self
        file.chunks.insert((type, data), at: chunks.firstIndex { $0.type == "IDAT" } ?? 1)
        return file
    }

    /// The bytes, with right CRCs.
    var bytes: [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        for (type, data) in chunks {
            let body = Array(type.utf8) + data
            bytes += bigEndian(UInt32(data.count)) + body + bigEndian(Self.crc(body))
        }
        return bytes
    }

    /// The CRC as the standard's annex D gives it in code.
    static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
        }
        return ~crc
    }
}

func bigEndian(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }

/// The image that bytes decode to.
func decodePNG(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws -> AnyImage {
    try PNGReader(ByteSource(bytes: bytes), options: options).readFrame()
}

extension AnyImage {
    /// Every pixel as red, green, blue and opacity of 16 bits, as the reference files of PngSuite hold them.
    var rgba16: [UInt16] {
        let samples: [UInt16]
        switch self {
        case .uint8(let image): samples = image.values.map { UInt16($0) * 257 }
        case .uint16(let image): samples = image.values
        default: return []
        }
        return stride(from: 0, to: samples.count, by: channels).flatMap { i -> [UInt16] in
            switch channels {
            case 1: [samples[i], samples[i], samples[i], .max]
            case 2: [samples[i], samples[i], samples[i], samples[i + 1]]
            case 3: [samples[i], samples[i + 1], samples[i + 2], .max]
            default: Array(samples[i..<i + 4])
            }
        }
    }
}

extension Image {
    /// All samples in C order.
    var values: [Scalar] {
        let source = contiguous()
        let samples = source.samples
        return samples.indices.map { samples[$0] }
    }
}

extension Image where Scalar: FixedWidthInteger {
    /// An image of random samples.
    static func random(_ sizes: [Int], color: ColorModel, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        let axes: [Axis] = sizes.count == 3 ? [.y, .x, .channel] : [.y, .x]
        return Image(axes: axes, sizes: sizes, color: color) {
            for i in 0..<$0.count { $0[i] = Scalar(truncatingIfNeeded: generator.next()) }
        }
    }
}
