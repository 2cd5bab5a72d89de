extension DICOMUIDHash {
    /// Adds the bytes of samples, or of anything else.
    public mutating func combine(_ bytes: RawSpan) {
        combine(bytes.byteCount)
        unsafe bytes.withUnsafeBytes { buffer in
            let whole = buffer.count - buffer.count % 8
            for offset in stride(from: 0, to: whole, by: 8) {
                combine(
                    word: UInt64(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            }
            var rest: UInt64 = 0
            for offset in whole..<buffer.count { rest = rest << 8 | UInt64(unsafe buffer[offset]) }
            if whole < buffer.count { combine(word: rest) }
        }
    }

    /// Adds bytes.
    public mutating func combine(_ bytes: [UInt8]) { combine(unsafe bytes.span.bytes) }
}
