import Formats

/// What some files hold, in a few words that do not depend on where they lie or when they were written.
///
/// A workflow engine copies its inputs: paths and dates change, contents don't.
struct ContentIdentity: CustomStringConvertible {
    /// `3 files, 1024 bytes, digest 0123456789abcdef`.
    let description: String

    /// Reads the files, in the order given.
    init(files: [String]) throws(FormatError) {
        var bytes = 0
        // FNV-1a over the files' checksums.
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for path in files {
            let source = try ByteSource(path: path)
            bytes += source.count
            var word = UInt64(try source.checksum()) << 32 | UInt64(truncatingIfNeeded: source.count) & 0xffff_ffff
            for _ in 0..<8 {
                digest = (digest ^ (word & 0xff)) &* 0x100_0000_01b3
                word >>= 8
            }
        }
        let text = String(digest, radix: 16)
        let padded = String(repeating: "0", count: 16 - text.count) + text
        description = "\(counted(files.count, "file")), \(bytes) bytes, digest \(padded)"
    }
}
