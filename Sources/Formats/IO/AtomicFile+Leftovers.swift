import FoundationEssentials
import Glibc

extension AtomicFile {
    /// Removes the temporary files that killed processes left of a file; those of living processes stay.
    package static func removeLeftovers(of path: String) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (folder, name) = (String(path[..<slash]), path[slash...])
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        for part in names where part.hasPrefix(".\(name).") && part.hasSuffix(".part") {
            guard let process = pid_t(part.dropFirst(name.count + 2).dropLast(5)) else { continue }
            // A process of somebody else is alive, too.
            if kill(process, 0) == 0 || errno != ESRCH { continue }
            unsafe unlink(folder + part)
        }
    }
}
