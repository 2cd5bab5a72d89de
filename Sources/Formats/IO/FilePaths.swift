import FoundationEssentials
import Glibc

/// Paths and folders of the file system.
package enum FilePaths {
    /// The path with every symbolic link followed; itself when it does not exist.
    package static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// The path of the folder above; `nil` for the root and for a name without folders.
    package static func parent(of path: String) -> String? {
        let trimmed = path.reversed().drop { $0 == "/" }
        let parent = trimmed.drop { $0 != "/" }.drop { $0 == "/" }
        return parent.isEmpty ? nil : String(parent.reversed())
    }

    /// What stands for several paths in a message: the path of a single one, else the deepest folder above all; `nil` without
    /// one.
    package static func common(_ paths: some Collection<String>) -> String? {
        guard let first = paths.first, paths.contains(where: { $0 != first }) else { return paths.first }
        var folder = parent(of: first)
        while let place = folder, !paths.allSatisfy({ $0.hasPrefix(place == "/" ? place : place + "/") }) {
            folder = parent(of: place)
        }
        return folder
    }

    /// Whether something of that name exists.
    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether a folder of that name exists.
    package static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// The names of what a folder holds, sorted; none when it cannot be read.
    package static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Gives a file or folder another name on the same file system, in one step.
    package static func rename(_ path: String, to target: String) throws(FormatError) {
        try OutputFolder.rename(path, to: target)
    }

    /// Removes a file or a folder with all that it holds; what does not exist is fine.
    package static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Removes what killed processes left while they wrote a file (``AtomicFile``); nobody may be writing it now.
    package static func removeParts(of name: String, in folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for part in names where part.hasPrefix(".\(name).") && part.hasSuffix(".part") && !isBeingWritten(part) {
            remove("\(folder)/\(part)")
        }
    }

    /// Whether the process whose number a temporary name carries is alive.
    private static func isBeingWritten(_ part: String) -> Bool {
        guard let number = part.split(separator: ".").dropLast().last.flatMap({ pid_t($0) }) else { return false }
        return number != getpid() && kill(number, 0) == 0
    }

    /// A text as the name of one folder: separators and control characters become `_`, and so do leading dots, so that
    /// no text can name a folder elsewhere or a hidden one.
    package static func folderName(_ text: String) -> String {
        let dots = text.prefix { $0 == "." }.count
        let name = String(repeating: "_", count: dots) + text.dropFirst(dots)
        let safe = name.unicodeScalars.map { $0 == "/" || $0.value < 32 || $0.value == 127 ? "_" : Character($0) }
        return safe.isEmpty ? "_" : String(safe)
    }
}
