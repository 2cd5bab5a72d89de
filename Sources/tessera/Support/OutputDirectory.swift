import Formats
import FoundationEssentials

/// Folders that commands write to.
enum OutputDirectory {
    /// Creates a folder and those above it; one that exists is fine.
    static func create(_ path: String) throws(FormatError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FormatError(.inputOutput, file: path, expected: "a folder that can be written", found: "none")
        }
    }
}
