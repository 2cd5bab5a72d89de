import Glibc

/// A file that appears under its name only when it is whole.
///
/// Bytes go to a temporary name in the same folder; ``commit()`` renames it. A file that is dropped before leaves nothing.
public final class AtomicFile {
    /// The final name.
    public let path: String
    private let temporaryPath: String
    private var descriptor: Int32
    /// Number of bytes written so far: the offset of the next one.
    public private(set) var count = 0

    /// Creates the temporary file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput`` when the folder does not exist or cannot be written.
    public init(path: String) throws(FormatError) {
        self.path = path
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        temporaryPath = path[..<slash] + "." + path[slash...] + ".\(getpid()).part"
        descriptor = unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path, "create") }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unsafe unlink(temporaryPath)
    }

    /// Appends bytes.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``, for example when the disk is full.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        try unsafe write(bytes, at: count)
        count += bytes.count
    }

    /// Appends bytes.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``, for example when the disk is full.
    public func write(_ bytes: [UInt8]) throws(FormatError) {
        try unsafe write(bytes.span.bytes, at: count)
        count += bytes.count
    }

    /// Appends bytes.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``, for example when the disk is full.
    package func write(_ bytes: RawSpan) throws(FormatError) {
        try write(bytes, at: count)
        count += bytes.byteCount
    }

    /// Overwrites bytes that were written before.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``.
    public func overwrite(_ bytes: [UInt8], at offset: Int) throws(FormatError) {
        precondition(offset >= 0 && offset + bytes.count <= count, "only what was written can be overwritten")
        try unsafe write(bytes.span.bytes, at: offset)
    }

    /// Gives the file its name; an older file of that name is replaced in one step.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``.
    public func commit() throws(FormatError) {
        precondition(descriptor >= 0, "a file is committed once")
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0, unsafe rename(temporaryPath, path) == 0 else {
            let failure = FormatError.system(path, "rename")
            unsafe unlink(temporaryPath)
            throw failure
        }
    }

    /// Writes a whole file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``.
    public static func write(_ bytes: [UInt8], to path: String) throws(FormatError) {
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.commit()
    }

    private func write(_ bytes: borrowing RawSpan, at offset: Int) throws(FormatError) {
        var failure: FormatError?
        unsafe bytes.withUnsafeBytes { buffer in
            do throws(FormatError) { try unsafe write(buffer, at: offset) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FormatError) {
        guard let base = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            let put = unsafe pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
            if put < 0 && errno == EINTR { continue }
            guard put > 0 else { throw .system(path, "write") }
            done += put
        }
    }
}
