import Glibc

/// The right to work on one input of an output folder: no other process of the same run has it meanwhile.
///
/// A file beside the input's staging folder is locked, and removed at the end; the lock of a killed process is gone with
/// it. Where the file system has no locks, everybody gets the right.
package final class InputLock {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock, or says who keeps it.
    ///
    /// - Parameters:
    ///   - output: The output folder.
    ///   - name: The input's name in it.
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput`` when another process has it, or the file cannot be made.
    package init(output: String, name: String) throws(FormatError) {
        let folder = "\(output)/.partial"
        try OutputFolder.create(folder)
        path = "\(folder)/\(name).lock"
        while true {
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            // Another process may have removed the folder, empty as it was.
            if descriptor < 0, errno == ENOENT {
                try OutputFolder.create(folder)
                continue
            }
            guard descriptor >= 0 else { throw .system(path, "create") }
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                close(descriptor)
                throw FormatError(
                    .inputOutput, file: output, place: name, expected: "no other process on this input",
                    found: "one that works on it")
            }
            if Self.isCurrent(descriptor, path) {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    deinit {
        unsafe unlink(path)
        close(descriptor)
    }

    /// Whether the open file is still the one of that name: who had the lock before removed it.
    private static func isCurrent(_ descriptor: Int32, _ path: String) -> Bool {
        var (mine, named) = (stat(), stat())
        guard unsafe fstat(descriptor, &mine) == 0, unsafe stat(path, &named) == 0 else { return false }
        return mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
    }
}
