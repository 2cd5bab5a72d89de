extension ByteSource {
    /// The CRC-32 of all bytes (that of gzip and PNG), read piece by piece.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput`` or `truncated` when the file cannot be read to its end.
    package func checksum() throws(FormatError) -> UInt32 {
        var checksum: UInt32 = 0
        var offset = 0
        while offset < count {
            let piece = try bytes(at: offset, count: min(1 << 20, count - offset))
            checksum = PNGDeflate.crc32(piece.span, continuing: checksum)
            offset += piece.count
        }
        return checksum
    }
}
