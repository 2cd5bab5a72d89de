/// A PNG file in memory that grows by chunks.
struct PNGChunkWriter {
    private(set) var bytes: [UInt8] = PNGFormat.signature

    /// Appends one chunk: length, type, data and CRC.
    mutating func append(_ type: String, _ data: ArraySlice<UInt8>) {
        bytes.reserveCapacity(bytes.count + data.count + 12)
        bytes.appendBigEndian32(UInt32(data.count))
        let start = bytes.count
        bytes += type.utf8
        bytes += data
        bytes.appendBigEndian32(PNGDeflate.crc32(bytes.span.extracting(start..<bytes.count)))
    }

    /// Appends one chunk.
    mutating func append(_ type: String, _ data: [UInt8]) { append(type, data[...]) }

    /// Appends the chunks that stand before the pixels.
    mutating func appendHead(_ target: PNGTarget, level: Int) throws(FormatError) {
        var header: [UInt8] = []
        header.appendBigEndian32(UInt32(target.width))
        header.appendBigEndian32(UInt32(target.height))
        header += [UInt8(target.bitDepth), UInt8(target.colorType.rawValue), 0, 0, 0]
        append("IHDR", header)
        if let icc = target.icc {
            append("iCCP", Array("ICC profile".utf8) + [0, 0] + (try PNGDeflate.deflate(icc, level: level)))
        }
        if let palette = target.palette { append("PLTE", palette) }
        if let resolution = target.pixelsPerMetre {
            var data: [UInt8] = []
            data.appendBigEndian32(resolution.x)
            data.appendBigEndian32(resolution.y)
            append("pHYs", data + [1])
        }
        if let exif = target.exif { append("eXIf", exif) }
    }

    /// Appends compressed pixels, in several chunks where they are larger than one may be, and the end.
    mutating func appendPixels(_ stream: [UInt8]) {
        let most = 1 << 30
        for start in stride(from: 0, to: stream.count, by: most) {
            append("IDAT", stream[start..<min(start + most, stream.count)])
        }
        append("IEND", [])
    }
}
