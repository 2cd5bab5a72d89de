import Formats

/// The compressed bytes of single-frame files, as a decoder gets them.
enum FrameBytes {
    /// The fragments behind the offset table, joined (PS3.5, annex A.4).
    static func ofFile(_ path: String) throws -> [UInt8] {
        let header = try DICOMHeader(path: path)
        guard let place = header.pixelData else { return [] }
        var (offset, frame, isTable) = (place.offset, [UInt8](), true)
        while true {
            let head = try header.source.bytes(at: offset, count: 8)
            guard head[2...3].elementsEqual([0x00, 0xE0]) else { return frame }
            let length = head[4...].reversed().reduce(0) { $0 << 8 | Int($1) }
            if !isTable { frame += try header.source.bytes(at: offset + 8, count: length) }
            isTable = false
            offset += 8 + length
        }
    }
}
