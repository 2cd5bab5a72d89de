import Glibc

/// Folders that outputs are written to.
package enum OutputFolder {
    /// Creates a folder and those above it; one that exists is fine.
    ///
    /// Other processes of the same run may remove a folder above it in the moment when it is empty: then it is made again.
    package static func create(_ path: String) throws(FormatError) {
        var failure: FormatError?
        for _ in 0..<16 {
            if unsafe mkdir(path, 0o777) == 0 { return }
            let code = errno
            failure = FormatError.system(path, "create folder")
            if code == EEXIST && FilePaths.isFolder(path) { return }
            guard code == ENOENT, let parent = FilePaths.parent(of: path) else { break }
            try create(parent)
        }
        if let failure { throw failure }
    }

    /// Gives a file or folder another name on the same file system, in one step.
    package static func rename(_ path: String, to target: String) throws(FormatError) {
        guard unsafe Glibc.rename(path, target) == 0 else { throw FormatError.system(target, "rename") }
    }
}
