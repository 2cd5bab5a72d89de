import FoundationEssentials
import Formats
import Glibc

/// Folders that outputs are written to.
enum OutputFolder {
    /// Creates a folder and those above it; one that exists is fine.
    static func create(_ path: String) throws(FormatError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FormatError.system(path, "create folder")
        }
    }

    /// Gives a file or folder another name on the same file system, in one step.
    static func rename(_ path: String, to target: String) throws(FormatError) {
        guard unsafe Glibc.rename(path, target) == 0 else { throw FormatError.system(target, "rename") }
    }
}
