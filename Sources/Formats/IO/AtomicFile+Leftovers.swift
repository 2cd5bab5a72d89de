import FoundationEssentials
import Glibc

extension AtomicFile {
    /// Removes the temporary files that killed processes left of a file; those of living processes stay.
    package static func removeLeftovers(of path: String) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (folder, name) = (String(path[..<slash]), path[slash...])
        removeLeftovers(in: folder.isEmpty ? "." : folder) { $0 == name }
    }

    /// Removes the temporary files that killed processes left in a folder; those of living processes stay.
    ///
    /// - Parameters:
    ///   - folder: A folder; one that does not exist is fine.
    ///   - isWanted: Whether the file of a name is one of those whose temporary files go.
    package static func removeLeftovers(in folder: String, where isWanted: (Substring) -> Bool) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for part in names where part.hasPrefix(".") && part.hasSuffix(".part") {
            let name = part.dropFirst().dropLast(5)
            guard let dot = name.lastIndex(of: "."), let process = pid_t(name[name.index(after: dot)...]),
                isWanted(name[..<dot])
            else { continue }
            // A process of somebody else is alive, too.
            if kill(process, 0) == 0 || errno != ESRCH { continue }
            unsafe unlink("\(folder)/\(part)")
        }
    }
}
