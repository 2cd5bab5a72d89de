import Formats
import Glibc

/// A lock that processes take in turn by way of an existing file; released when dropped or when the process ends.
final class FileLock {
    private let descriptor: Int32

    init(path: String) throws(FormatError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path, "open") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let failure = FormatError.system(path, "lock")
                close(descriptor)
                throw failure
            }
        }
    }

    deinit { close(descriptor) }
}
