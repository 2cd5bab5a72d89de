import Formats

/// The files that a DICOMDIR lists: PS3.3, annex F; PS3.10, section 8.
struct DirectoryFiles {
    /// Paths of files that exist, each once, in the order of the directory.
    private(set) var files: [String] = []
    /// Files that are missing or lie elsewhere, and why the directory cannot be read.
    private(set) var failures: [FormatError] = []

    private let path: String
    private let folder: String
    /// The folder with every link followed; files have to lie below.
    private let root: String

    /// Whether a path ends in the name that the standard gives to directories.
    static func isDirectory(_ path: String) -> Bool { path.split(separator: "/").last?.uppercased() == "DICOMDIR" }

    /// Looks for the files of a directory, relative to its folder.
    init(path: String, limits: DecodeLimits) {
        self.path = path
        folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        root = FilePaths.resolved(folder.isEmpty ? "." : folder)
        do throws(FormatError) {
            let directory = try DICOMDirectory(DICOMObject(path: path, limits: limits), limits: limits)
            for problem in directory.problems { failures.append(FormatError(.corrupt, file: path, found: problem)) }
            var seen: Set<[String]> = []
            add(directory.records, &seen)
        } catch {
            failures.append(error)
        }
    }

    private mutating func add(_ records: [DICOMDirectory.Record], _ seen: inout Set<[String]>) {
        for record in records {
            // 0 says that the record is not in use.
            let isUsed = record.attributes.integers(DICOMTag(0x0004, 0x1410)).first != 0
            if isUsed, !record.file.isEmpty, seen.insert(record.file).inserted { add(record.file) }
            add(record.records, &seen)
        }
    }

    private mutating func add(_ parts: [String]) {
        let name = parts.joined(separator: "/")
        func fail(_ code: FormatError.Code, _ expected: String, _ found: String) {
            failures.append(FormatError(code, file: path, place: "\"\(name)\"", expected: expected, found: found))
        }
        let areNames = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && !part.contains { $0 == "/" || $0 == "\0" }
        }
        guard areNames else { return fail(.corrupt, "a path below the folder of the DICOMDIR", "another one") }
        guard let file = existing(parts) else { return fail(.inputOutput, "a file", "nothing of that name") }
        guard FilePaths.resolved(file).hasPrefix(root == "/" ? root : root + "/") else {
            return fail(.inputOutput, "a file below the folder of the DICOMDIR", "a link that leads out of it")
        }
        files.append(file)
    }

    /// The file by its name in the directory, or in lower case, as some systems show media.
    private func existing(_ parts: [String]) -> String? {
        [parts, parts.map { $0.lowercased() }].map { folder + $0.joined(separator: "/") }.first {
            if case .file = FileIdentity.kind(of: $0) { true } else { false }
        }
    }
}
