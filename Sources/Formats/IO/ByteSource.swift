import Glibc

/// Bytes that are read by position: a file, or memory.
///
/// Any number of threads may read at once.
public final class ByteSource: Sendable {
    private enum Backing: Sendable {
        case file(descriptor: Int32)
        case memory([UInt8])
    }

    private let backing: Backing
    /// The file's path, or the name given to the bytes.
    public let name: String
    /// The path when the source is a file.
    public let path: String?
    /// Number of bytes.
    public let count: Int
    /// The state of the file when it was opened; `nil` for memory.
    package let revision: FileRevision?

    /// Opens a file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput`` when it cannot be opened or is a directory.
    public init(path: String) throws(FormatError) {
        // Without O_NONBLOCK a named pipe would wait for a writer; regular files do not notice it.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path, "open") }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let failure = FormatError.system(path, "stat")
            close(descriptor)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FormatError(.inputOutput, file: path, expected: "a regular file", found: "something else")
        }
        backing = .file(descriptor: descriptor)
        name = path
        self.path = path
        count = Int(status.st_size)
        revision = FileRevision(
            device: UInt64(status.st_dev), number: UInt64(status.st_ino), size: Int(status.st_size),
            changedSeconds: status.st_ctim.tv_sec, changedNanoseconds: status.st_ctim.tv_nsec)
    }

    /// Uses bytes in memory.
    public init(bytes: [UInt8], name: String = "memory") {
        backing = .memory(bytes)
        self.name = name
        path = nil
        count = bytes.count
        revision = nil
    }

    deinit {
        if case .file(let descriptor) = backing { close(descriptor) }
    }

    /// Reads as many bytes as the buffer holds, starting at an offset.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) {
        guard offset >= 0, offset <= count, buffer.count <= count - offset else {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)", expected: "\(buffer.count) bytes",
                found: "\(max(0, count - max(0, offset)))")
        }
        guard let base = buffer.baseAddress else { return }
        switch backing {
        case .memory(let bytes):
            unsafe bytes.withUnsafeBytes { all in
                guard let start = all.baseAddress else { return }
                unsafe base.copyMemory(from: start + offset, byteCount: buffer.count)
            }
        case .file(let descriptor):
            var done = 0
            while done < buffer.count {
                let got = unsafe pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else { throw .system(name, "read", place: "offset \(offset + done)") }
                guard got > 0 else {
                    throw FormatError(
                        .truncated, file: name, place: "offset \(offset + done)",
                        expected: "\(buffer.count - done) more bytes", found: "the end of the file")
                }
                done += got
            }
        }
    }

    /// A copy of some bytes.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before.
    public func bytes(at offset: Int, count wanted: Int) throws(FormatError) -> [UInt8] {
        guard wanted >= 0, offset >= 0, offset <= count, wanted <= count - offset else {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)", expected: "\(wanted) bytes",
                found: "\(max(0, count - max(0, offset)))")
        }
        do {
            return try unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
                try unsafe read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
                initialized = wanted
            }
        } catch let error as FormatError {
            throw error
        } catch {
            preconditionFailure("reading throws FormatError only")
        }
    }

    /// The first bytes, as many as there are up to a number.
    public func prefix(_ wanted: Int) throws(FormatError) -> [UInt8] { try bytes(at: 0, count: min(wanted, count)) }

    /// All bytes.
    public func all() throws(FormatError) -> [UInt8] { try bytes(at: 0, count: count) }
}

extension FormatError {
    /// What the operating system said about a failed call.
    package static func system(_ file: String, _ call: String, place: String? = nil) -> FormatError {
        let reason = unsafe String(cString: strerror(errno))
        return FormatError(.inputOutput, file: file, place: place, found: "\(call) failed: \(reason)")
    }
}
