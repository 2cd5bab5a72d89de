/// What stands in a JPEG file before its first scan, beside what libjpeg tells: EXIF, color profile, density, precision.
struct JPEGMarkers {
    /// The EXIF block from its TIFF header on.
    var exif: [UInt8]?
    /// The color profile, its pieces put together.
    var icc: [UInt8]?
    /// A comment, when it is UTF-8.
    var comment: String?
    /// Pixels per millimetre along x and y, when the JFIF block states them.
    var density: (x: Double, y: Double)?
    /// The start-of-frame marker's low byte, for example 0xC0.
    var frameMarker: UInt8?
    /// Bits of one sample.
    var precision: Int?
    /// Whether the stream brings quantization or Huffman tables before its first scan.
    var definesTables = false

    static let exifPrefix: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]  // "Exif\0\0"
    private static let iccPrefix = Array("ICC_PROFILE\0".utf8)
    private static let jfifPrefix = Array("JFIF\0".utf8)
    private var iccPieces: [UInt8: [UInt8]] = [:]

    /// Walks the markers; stops without complaint at the first scan and at anything odd, which libjpeg will name.
    init(_ data: Span<UInt8>, collectsBlocks: Bool = true) {
        var position = 2
        while position + 4 <= data.count, data[position] == 0xFF {
            let marker = data[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            let length = Int(data[position + 2]) << 8 | Int(data[position + 3])
            guard marker != 0xDA, marker != 0xD9, length >= 2, position + 2 + length <= data.count else { break }
            take(marker, data, position + 4..<position + 2 + length, collectsBlocks)
            position += 2 + length
        }
        joinProfile()
    }

    private mutating func take(
        _ marker: UInt8, _ data: Span<UInt8>, _ range: Range<Int>, _ collectsBlocks: Bool
    ) {
        switch marker {
        case 0xC4, 0xDB: definesTables = true
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
            frameMarker = marker
            precision = range.isEmpty ? nil : Int(data[range.lowerBound])
        case 0xE0, 0xE1, 0xE2, 0xFE:
            guard collectsBlocks else { return }
            takeBlock(marker, [UInt8](data, range))
        default: break
        }
    }

    private mutating func takeBlock(_ marker: UInt8, _ block: [UInt8]) {
        switch marker {
        case 0xE0 where block.starts(with: Self.jfifPrefix) && block.count >= 12: takeDensity(block)
        case 0xE1 where block.starts(with: Self.exifPrefix):
            if exif == nil { exif = Array(block.dropFirst(Self.exifPrefix.count)) }
        case 0xE2 where block.starts(with: Self.iccPrefix) && block.count >= 14:
            iccPieces[block[12]] = Array(block.dropFirst(14))
        case 0xFE: comment = String(validating: block, as: UTF8.self)
        default: break
        }
    }

    private mutating func takeDensity(_ block: [UInt8]) {
        let x = Double(Int(block[8]) << 8 | Int(block[9]))
        let y = Double(Int(block[10]) << 8 | Int(block[11]))
        guard x > 0, y > 0 else { return }
        switch block[7] {
        case 1: density = (x / 25.4, y / 25.4)
        case 2: density = (x / 10, y / 10)
        default: break
        }
    }

    private mutating func joinProfile() {
        guard !iccPieces.isEmpty else { return }
        icc = iccPieces.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}

extension [UInt8] {
    init(_ span: Span<UInt8>, _ range: Range<Int>) {
        self.init()
        reserveCapacity(range.count)
        for i in range { append(span[i]) }
    }
}
