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
        // Of the files' checksums.
        var digest = FNV1a()
        for path in files {
            let source = try ByteSource(path: path)
            bytes += source.count
            digest.add(UInt64(try source.checksum()) << 32 | UInt64(truncatingIfNeeded: source.count) & 0xffff_ffff)
        }
        description = "\(counted(files.count, "file")), \(bytes) bytes, digest \(digest.hex)"
    }
}
