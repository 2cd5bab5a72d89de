import CArchive
package import Formats
import Glibc

/// Writes a tar archive (ustar, pax headers where a name needs them) whose bytes depend on its entries alone.
///
/// Wraps libarchive, which is used by one thread at a time.
@safe
package final class TarWriter {
    private let archive: OpaquePointer
    private let path: String
    private let descriptor: Int32

    /// A locale whose names are UTF-8.
    private let utf8: locale_t?

    /// Creates a file.
    package init(path: String) throws(FormatError) {
        guard let archive = unsafe archive_write_new() else {
            throw FormatError(.inputOutput, file: path, found: "libarchive has no memory")
        }
        unsafe self.archive = archive
        self.path = path
        // LC_CTYPE_MASK is a macro that Swift does not see.
        unsafe utf8 = newlocale(1 << Int32(LC_CTYPE), "C.UTF-8", nil)
        unsafe archive_write_set_format_pax_restricted(archive)
        unsafe archive_write_add_filter_none(archive)
        // No padding to blocks of 10 KiB and no buffering: the byte counter then tells where an entry starts.
        unsafe archive_write_set_bytes_per_block(archive, 0)
        // A descriptor of our own: libarchive leaves its own open when writing failed.
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path, "create") }
        guard unsafe archive_write_open_fd(archive, descriptor) == ARCHIVE_OK else { throw failure("create") }
    }

    deinit {
        unsafe archive_write_free(archive)
        if descriptor >= 0 { Glibc.close(descriptor) }
        if let utf8 = unsafe utf8 { unsafe freelocale(utf8) }
    }

    /// Appends a file.
    ///
    /// - Returns: The offset of the file's own bytes in the archive.
    package func add(_ name: String, _ bytes: [UInt8]) throws(FormatError) -> Int {
        // Names are UTF-8 whatever the locale of the process: libarchive asks that of the thread.
        let locale = unsafe uselocale(utf8)
        defer { unsafe _ = uselocale(locale) }
        guard let entry = unsafe archive_entry_new() else { throw failure("write") }
        defer { unsafe archive_entry_free(entry) }
        unsafe archive_entry_set_pathname(entry, name)
        unsafe archive_entry_set_size(entry, Int64(bytes.count))
        unsafe archive_entry_set_filetype(entry, 0o100000 /* a regular file */)
        unsafe archive_entry_set_perm(entry, 0o644)
        unsafe archive_entry_set_mtime(entry, 0, 0)
        guard unsafe archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure("write") }
        let offset = Int(unsafe archive_filter_bytes(archive, 0))
        let written = unsafe bytes.withUnsafeBytes { unsafe archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == bytes.count, unsafe archive_write_finish_entry(archive) == ARCHIVE_OK else {
            throw failure("write")
        }
        return offset
    }

    /// Writes the end of the archive.
    package func close() throws(FormatError) {
        guard unsafe archive_write_close(archive) == ARCHIVE_OK else { throw failure("close") }
    }

    private func failure(_ call: String) -> FormatError {
        let number = unsafe archive_errno(archive)
        let reason =
            number > 0
            ? unsafe String(cString: strerror(number))
            : unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? "unknown reason"
        return FormatError(.inputOutput, file: path, found: "\(call) failed: \(reason)")
    }
}
