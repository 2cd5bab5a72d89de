import ImageCore

/// What the chunks of a file say apart from the pixels.
struct PNGStructure: Sendable {
    let header: PNGHeader
    /// Red, green, blue of each index.
    private(set) var palette: [UInt8]?
    /// The data of tRNS, where the color type allows it.
    private(set) var transparency: [UInt8]?
    /// Micrometres per pixel along x and y.
    private(set) var mpp: (x: Double, y: Double)?
    private(set) var metadata = Metadata()

    /// Reads all chunks but the pixels.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        var walk = try PNGChunkWalk(source, limits: limits)
        guard let first = try walk.next(), first.type == "IHDR" else {
            throw FormatError(
                .corrupt, file: source.name, place: "offset 8", expected: "chunk IHDR", found: "another chunk")
        }
        guard first.count == 13 else {
            throw FormatError(
                .corrupt, file: source.name, place: "chunk IHDR", expected: "13 bytes", found: "\(first.count)")
        }
        header = try PNGHeader(walk.data(of: first), file: source.name)
        var (hasPixels, room) = (false, PNGMetadata.totalLimit)
        while let chunk = try walk.next() {
            switch chunk.type {
            case "IDAT": hasPixels = true
            case "PLTE": try readPalette(walk, chunk, hasPixels, source.name)
            case "tRNS": try readTransparency(walk, chunk, hasPixels, source.name)
            default:
                guard PNGMetadata.types.contains(chunk.type), chunk.count <= room else { continue }
                room -= chunk.count
                let data = try walk.data(of: chunk)
                if chunk.type == "pHYs" { mpp = Self.resolution(data) ?? mpp }
                PNGMetadata.read(chunk.type, data, room: &room, into: &metadata)
            }
        }
        guard hasPixels else {
            throw FormatError(.corrupt, file: source.name, expected: "chunk IDAT", found: "none")
        }
        guard header.colorType != .palette || palette != nil else {
            throw FormatError(.corrupt, file: source.name, expected: "chunk PLTE before IDAT", found: "none")
        }
    }

    private mutating func readPalette(
        _ walk: PNGChunkWalk, _ chunk: PNGChunk, _ hasPixels: Bool, _ file: String
    ) throws(FormatError) {
        let most = header.colorType == .palette ? 1 << header.bitDepth : 256
        guard chunk.count > 0, chunk.count % 3 == 0, chunk.count / 3 <= most else {
            throw FormatError(
                .corrupt, file: file, place: "chunk PLTE", expected: "1 to \(most) colors of 3 bytes",
                found: "\(chunk.count) bytes")
        }
        guard palette == nil, !hasPixels else {
            throw FormatError(
                .corrupt, file: file, place: "chunk PLTE at offset \(chunk.start - 8)",
                expected: "one palette, before IDAT", found: "another")
        }
        palette = try walk.data(of: chunk)
    }

    /// A tRNS chunk behind IDAT or a second one says nothing, as for libpng.
    private mutating func readTransparency(
        _ walk: PNGChunkWalk, _ chunk: PNGChunk, _ hasPixels: Bool, _ file: String
    ) throws(FormatError) {
        guard !hasPixels, transparency == nil else { return }
        let allowed: ClosedRange<Int>? =
            switch header.colorType {
            case .gray: 2...2
            case .rgb: 6...6
            case .palette: 1...max(1, (palette?.count ?? 0) / 3)
            case .grayAlpha, .rgba: nil
            }
        guard let allowed else { return }
        guard allowed.contains(chunk.count) else {
            throw FormatError(
                .corrupt, file: file, place: "chunk tRNS at offset \(chunk.start - 8)",
                expected: "\(allowed.lowerBound) to \(allowed.upperBound) bytes", found: "\(chunk.count)")
        }
        transparency = try walk.data(of: chunk)
    }

    private static func resolution(_ data: [UInt8]) -> (x: Double, y: Double)? {
        guard data.count == 9, data[8] == 1 else { return nil }
        let (x, y) = (data.bigEndian32(at: 0), data.bigEndian32(at: 4))
        return x > 0 && y > 0 ? (1e6 / Double(x), 1e6 / Double(y)) : nil
    }

    /// Red, green, blue and opacity of each index.
    var paletteRGBA: [UInt8] {
        guard let palette else { return [] }
        var colors: [UInt8] = []
        for index in 0..<palette.count / 3 {
            colors += palette[3 * index..<3 * index + 3]
            colors.append(alpha(of: index))
        }
        return colors
    }

    private func alpha(of index: Int) -> UInt8 {
        guard let transparency, index < transparency.count else { return 255 }
        return transparency[index]
    }
}
