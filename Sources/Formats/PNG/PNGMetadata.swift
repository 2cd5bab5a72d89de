import ImageCore

/// The ancillary chunks that become metadata; a chunk whose content breaks its own rules is left out.
enum PNGMetadata {
    /// Bytes of metadata that one file may bring along; chunks beyond are left out.
    static let totalLimit = 64 << 20

    static let types: Set<String> = [
        "cHRM", "eXIf", "gAMA", "iCCP", "iTXt", "pHYs", "sBIT", "sRGB", "tEXt", "tIME", "zTXt",
    ]

    /// Adds what one chunk says.
    ///
    /// - Parameters:
    ///   - type: The chunk's type.
    ///   - data: Its data.
    ///   - room: Bytes that compressed content may still take.
    ///   - metadata: Takes the entries.
    static func read(_ type: String, _ data: [UInt8], room: inout Int, into metadata: inout Metadata) {
        switch type {
        case "gAMA" where data.count == 4:
            metadata["gamma"] = .number(Double(data.bigEndian32(at: 0)) / 100_000)
        case "cHRM" where data.count == 32:
            metadata["chromaticities"] = .numbers((0..<8).map { Double(data.bigEndian32(at: 4 * $0)) / 100_000 })
        case "sRGB" where data.count == 1: metadata["srgbIntent"] = .integer(Int(data[0]))
        case "sBIT": metadata["significantBits"] = .numbers(data.map { Double($0) })
        case "eXIf": metadata["exif"] = .bytes(data)
        case "tIME" where data.count == 7: metadata["modificationTime"] = .text(time(data))
        case "iCCP":
            guard let end = data.firstIndex(of: 0), end + 2 <= data.count, data[end + 1] == 0,
                let profile = inflate(data[(end + 2)...], &room)
            else { return }
            metadata["icc"] = .bytes(profile)
        default:
            guard let (keyword, text) = PNGText.read(type, data, room: &room) else { return }
            append(text, to: "text.\(keyword)", in: &metadata)
        }
    }

    private static func append(_ text: String, to name: String, in metadata: inout Metadata) {
        if case .text(let known) = metadata[name] {
            metadata[name] = .text(known + "\n" + text)
        } else {
            metadata[name] = .text(text)
        }
    }

    /// Year, month, day, hour, minute and second in universal time, as ISO 8601 writes them.
    private static func time(_ data: [UInt8]) -> String {
        func two(_ value: UInt8) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let year = data.bigEndian16(at: 0)
        return "\(year)-\(two(data[2]))-\(two(data[3]))T\(two(data[4])):\(two(data[5])):\(two(data[6]))Z"
    }

    /// Compressed content; `nil` when it is broken or larger than the room that is left.
    static func inflate(_ data: ArraySlice<UInt8>, _ room: inout Int) -> [UInt8]? {
        guard let bytes = PNGDeflate.inflate(Array(data), limit: room) else { return nil }
        room -= bytes.count
        return bytes
    }
}
