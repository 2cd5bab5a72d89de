import FoundationEssentials
import Glibc

/// Paths and folders of the file system.
enum FilePaths {
    /// The path with every symbolic link followed; itself when it does not exist.
    static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// Whether something of that name exists.
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Removes a file or a folder with all that it holds; what does not exist is fine.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
