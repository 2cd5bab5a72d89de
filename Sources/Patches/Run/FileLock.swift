import Formats
import Glibc

/// A lock that processes take in turn by way of an existing file; released when dropped or when the process ends.
///
/// Where the file system has no locks, nobody waits: outputs still appear whole, and the last writer wins.
final class FileLock {
    private let descriptor: Int32

    init(path: String) throws(FormatError) {
        // Network file systems lock only what is open for writing.
        descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path, "open") }
        while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    }

    deinit { close(descriptor) }
}
