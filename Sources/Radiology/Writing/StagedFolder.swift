import Formats
import FoundationEssentials
import Glibc

/// A folder that appears under its name when everything in it is whole.
///
/// Files are gathered in a hidden folder beside it. A process that is killed leaves at most that, which the next one
/// removes first.
struct StagedFolder {
    /// The final name.
    let path: String
    /// Where files are gathered.
    let place: String

    /// Checks that nothing would be mixed or replaced; nothing is touched.
    init(path: String) throws(FormatError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        place = path[..<slash] + "." + path[slash...] + ".partial"
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard isFolder, entries.isEmpty else {
            throw FormatError(
                .invalidRequest, file: path, expected: "a folder that is empty or does not exist yet",
                found: isFolder ? entries.count == 1 ? "1 entry" : "\(entries.count) entries" : "a file")
        }
    }

    /// Starts with an empty hidden folder.
    func begin() throws(FormatError) {
        discard()
        do throws(FormatError) {
            try OutputFolder.create(place)
        } catch {
            // The hidden name is nobody's concern.
            throw FormatError(error.code, file: path, expected: error.expected, found: error.found)
        }
    }

    /// Gives the folder its name.
    func commit() throws(FormatError) {
        guard unsafe rename(place, path) == 0 else { throw .system(path, "rename") }
    }

    /// Removes what was gathered.
    func discard() { try? FileManager.default.removeItem(atPath: place) }
}
