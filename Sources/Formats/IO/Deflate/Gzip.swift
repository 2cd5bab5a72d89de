/// Files of gzip (RFC 1952).
enum Gzip {
    /// The first bytes of every member.
    static let magic: [UInt8] = [0x1F, 0x8B]

    /// Deflate makes at most 1032 bytes of one: a length of 258 takes two bits.
    static let greatestRatio = 1032

    /// Whether bytes begin as gzip files do, with the only compression method there is.
    static func recognizes(_ header: [UInt8]) -> Bool {
        header.starts(with: magic) && header.count > 2 && header[2] == 8
    }

    /// The first bytes of what a gzip file holds; fewer where it ends before.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` for what is no deflated data.
    static func prefix(_ count: Int, of source: ByteSource) throws(FormatError) -> [UInt8] {
        var stream = StreamedInflation(source, at: 0, count: source.count, container: .gzip)
        var result = [UInt8](repeating: 0, count: count)
        var span = result.mutableSpan
        var bytes = unsafe span.mutableBytes
        let found = try stream.read(into: &bytes)
        result.removeLast(count - found)
        return result
    }
}

extension Gzip {
    /// A member that says its own length in an extra field, so that members can be found without expanding them.
    ///
    /// The field's identifier is `Ts`, its content the length of the whole member in bytes, 64 bits.
    enum IndexedMember {
        /// Bytes before the deflated data.
        static let headerLength = 24
        /// Bytes of checksum and size behind it.
        static let trailerLength = 8
        /// FEXTRA, no time, no operating system; an extra field of 12 bytes: `Ts`, 8 bytes.
        static let start: [UInt8] = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, 0x54, 0x73, 8, 0]

        /// The header of a member.
        static func header(memberLength: Int) -> [UInt8] {
            start + (0..<8).map { UInt8(truncatingIfNeeded: memberLength >> (8 * $0)) }
        }
    }

    /// Where a member lies, and where its content goes.
    struct Piece: Sendable {
        /// Offset of the deflated data in the file.
        var offset: Int
        /// Bytes of deflated data.
        var count: Int
        /// The CRC that the member names.
        var checksum: UInt32
        /// The place of the content in the whole.
        var content: Range<Int>
    }

    /// The members of a file that all say their length and hold `total` bytes together; `nil` for other files.
    static func pieces(of source: ByteSource, total: Int) throws(FormatError) -> [Piece]? {
        var pieces: [Piece] = []
        var (offset, place) = (0, 0)
        let overhead = IndexedMember.headerLength + IndexedMember.trailerLength
        while offset < source.count {
            guard source.count - offset > overhead else { return nil }
            let header = try source.bytes(at: offset, count: IndexedMember.headerLength)
            guard header.starts(with: IndexedMember.start) else { return nil }
            let length = FieldReader(bytes: header, isBigEndian: false).integer(at: 16, as: Int64.self)
            guard length > overhead, length <= source.count - offset else { return nil }
            let trailer = FieldReader(
                bytes: try source.bytes(at: offset + length - IndexedMember.trailerLength, count: 8),
                isBigEndian: false)
            let size = trailer.integer(at: 4, as: UInt32.self)
            guard size > 0, size <= total - place else { return nil }
            pieces.append(
                Piece(
                    offset: offset + IndexedMember.headerLength, count: length - overhead,
                    checksum: UInt32(trailer.integer(at: 0, as: UInt32.self)), content: place..<place + size))
            offset += length
            place += size
        }
        return place == total ? pieces : nil
    }
}
