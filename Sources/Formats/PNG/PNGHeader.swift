/// The content of the IHDR chunk.
struct PNGHeader: Sendable, Hashable {
    enum ColorType: Int, Sendable {
        case gray = 0
        case rgb = 2
        case palette = 3
        case grayAlpha = 4
        case rgba = 6

        /// The bit depths that the standard allows.
        var bitDepths: Set<Int> {
            switch self {
            case .gray: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .rgb, .grayAlpha, .rgba: [8, 16]
            }
        }

        /// Samples of one pixel as stored.
        var channels: Int {
            switch self {
            case .gray, .palette: 1
            case .grayAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }
    }

    let width: Int
    let height: Int
    let bitDepth: Int
    let colorType: ColorType
    let isInterlaced: Bool

    /// Reads the 13 bytes of the chunk.
    init(_ bytes: [UInt8], file: String) throws(FormatError) {
        func corrupt(_ expected: String, _ found: String) -> FormatError {
            FormatError(.corrupt, file: file, place: "IHDR", expected: expected, found: found)
        }
        guard bytes.count == 13 else { throw corrupt("13 bytes", "\(bytes.count)") }
        width = bytes.bigEndian32(at: 0)
        height = bytes.bigEndian32(at: 4)
        bitDepth = Int(bytes[8])
        guard let type = ColorType(rawValue: Int(bytes[9])) else {
            throw corrupt("color type 0, 2, 3, 4 or 6", "\(bytes[9])")
        }
        colorType = type
        guard type.bitDepths.contains(bitDepth) else {
            let allowed = type.bitDepths.sorted().map(String.init).joined(separator: ", ")
            throw corrupt("a bit depth of \(allowed) for color type \(type.rawValue)", "\(bitDepth)")
        }
        guard bytes[10] == 0 else { throw corrupt("compression method 0", "\(bytes[10])") }
        guard bytes[11] == 0 else { throw corrupt("filter method 0", "\(bytes[11])") }
        guard bytes[12] < 2 else { throw corrupt("interlace method 0 or 1", "\(bytes[12])") }
        isInterlaced = bytes[12] == 1
    }
}

extension [UInt8] {
    /// Four bytes as a number, the most significant first.
    func bigEndian32(at offset: Int) -> Int {
        Int(self[offset]) << 24 | Int(self[offset + 1]) << 16 | Int(self[offset + 2]) << 8 | Int(self[offset + 3])
    }

    /// Two bytes as a number, the most significant first.
    func bigEndian16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

    /// Appends a number as four bytes, the most significant first.
    mutating func appendBigEndian32(_ value: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
