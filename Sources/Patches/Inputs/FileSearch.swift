import FoundationEssentials
public import Formats

/// Finds files in folders, in an order that does not depend on the file system.
public enum FileSearch {
    /// The files that a list of paths stands for: files as they are, folders searched recursively.
    ///
    /// Hidden entries are left out, a folder that is reached twice (a symbolic link) is searched once.
    /// - Parameters:
    ///   - inputs: Files and folders.
    ///   - excluded: A folder that is not searched unless it is named itself: the output of the run.
    ///   - accepts: Whether a file found in a folder is wanted, by its name; files named directly always are.
    /// - Returns: The files with the path relative to their input, sorted by path, each once; and the inputs that do not exist.
    public static func files(
        in inputs: [String], excluding excluded: String? = nil, accepting accepts: (String) -> Bool
    ) -> (found: [FoundFile], failures: [FormatError]) {
        var found: [FoundFile] = []
        var failures: [FormatError] = []
        var visited: Set<FileIdentity> = []
        if let excluded = excluded.flatMap(FileIdentity.ofFolder),
            !inputs.contains(where: { FileIdentity.ofFolder($0) == excluded })
        {
            visited.insert(excluded)
        }
        for input in inputs {
            switch kind(of: input) {
            case .file: found.append(FoundFile(path: input, relativePath: lastComponent(input), isNamed: true))
            case .folder:
                search(input, relative: "", accepting: accepts, visited: &visited, found: &found, failures: &failures)
            case .missing: failures += missing([input])
            }
        }
        return (distinct(found), failures)
    }

    /// An error for each path at which there is nothing.
    public static func missing(_ paths: [String]) -> [FormatError] {
        paths.filter { kind(of: $0) == .missing }.map {
            FormatError(.inputOutput, file: $0, expected: "a file or folder", found: "nothing of that name")
        }
    }

    /// Each file once, however its folder was reached: named ones first, for a named file counts as named.
    private static func distinct(_ files: [FoundFile]) -> [FoundFile] {
        // As bytes: to Swift, two spellings of an accented letter are one string, to the file system they are two names.
        var seen: Set<[UInt8]> = []
        let sorted = files.sorted { ($0.isNamed ? 0 : 1, $0.path) < ($1.isNamed ? 0 : 1, $1.path) }
        return sorted.filter { seen.insert([UInt8](place(of: $0.path).utf8)).inserted }.sorted { $0.path < $1.path }
    }

    /// The true folder of a file with the file's own name: links to one slide under several names are several inputs.
    private static func place(of path: String) -> String {
        "\(FilePaths.resolved(FilePaths.parent(of: path) ?? (path.hasPrefix("/") ? "/" : ".")))/\(lastComponent(path))"
    }

    /// The file's name without its folders.
    public static func lastComponent(_ path: String) -> String {
        String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
    }

    /// The file's name without folders and without its last extension; `.ome.tif` and `.nii.gz` count as one.
    public static func baseName(_ path: String) -> String {
        var name = Substring(lastComponent(path))
        let lower = name.lowercased()
        for double in [".ome.tif", ".ome.tiff", ".nii.gz", ".geojson.gz", ".ndpi.ndpa"] where lower.hasSuffix(double) {
            return String(name.dropLast(double.count))
        }
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = name[..<dot] }
        return String(name)
    }

    /// The last extension in lower case, without the dot.
    public static func pathExtension(_ path: String) -> String {
        let name = lastComponent(path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    private enum Kind { case file, folder, missing }

    private static func kind(of path: String) -> Kind {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .missing }
        return isFolder ? .folder : .file
    }

    private static func search(
        _ folder: String, relative: String, accepting accepts: (String) -> Bool, visited: inout Set<FileIdentity>,
        found: inout [FoundFile], failures: inout [FormatError]
    ) {
        guard let identity = FileIdentity.ofFolder(folder), visited.insert(identity).inserted else { return }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            failures.append(FormatError(.inputOutput, file: folder, found: "the folder cannot be read"))
            return
        }
        for name in names where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            let below = relative.isEmpty ? name : "\(relative)/\(name)"
            switch kind(of: path) {
            case .folder:
                search(
                    path, relative: below, accepting: accepts, visited: &visited, found: &found, failures: &failures)
            case .file where accepts(name):
                found.append(FoundFile(path: path, relativePath: below, isNamed: false))
            case .missing where accepts(name):
                failures.append(
                    FormatError(.inputOutput, file: path, expected: "a file", found: "a name that leads nowhere"))
            case .file, .missing: continue
            }
        }
    }
}

/// A file that was named or found.
public struct FoundFile: Sendable, Hashable {
    /// The path to open it.
    public let path: String
    /// The path below the input that led to it.
    public let relativePath: String
    /// Whether the user named the file itself rather than a folder above it.
    public let isNamed: Bool
}
