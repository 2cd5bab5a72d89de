import Glibc

extension FileIdentity {
    /// What stands at a path; links are followed.
    package static func kind(of path: String) -> Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .missing }
        let identity = FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(identity)
        case S_IFDIR: return .folder(identity)
        default: return .other
        }
    }

    /// The names in a folder, sorted by their bytes; `nil` when it can't be read.
    ///
    /// - Returns: The names, and those that are no UTF-8 with their odd bytes replaced.
    package static func names(in folder: String) -> (valid: [String], odd: [String])? {
        guard let stream = unsafe opendir(folder) else { return nil }
        defer { unsafe closedir(stream) }
        var (valid, odd): ([String], [String]) = ([], [])
        while let entry = unsafe readdir(stream) {
            unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) {
                    if let name = unsafe String(validatingCString: $0) {
                        if name != "." && name != ".." { valid.append(name) }
                    } else {
                        odd.append(unsafe String(cString: $0))
                    }
                }
            }
        }
        func sorted(_ names: [String]) -> [String] { names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        return (sorted(valid), sorted(odd))
    }
}
