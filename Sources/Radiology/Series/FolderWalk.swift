import Formats

/// The files below some paths, in an order that does not depend on the file system.
struct FolderWalk {
    /// Paths of regular files, each folder's in the order of their names' bytes.
    private(set) var files: [String] = []
    /// What can't be read.
    private(set) var failures: [FormatError] = []
    /// Number of entries that are neither files nor folders, or whose links lead nowhere, by names of other formats.
    private(set) var otherCount = 0
    /// Files and folders that were met already: links may lead in circles, inputs may overlap.
    private var visited: Set<FileIdentity> = []

    /// Walks through files and folders.
    ///
    /// Hidden entries of folders are left out. A DICOMDIR that is named itself stands for the files that it lists.
    init(_ paths: [String], limits: DecodeLimits = .standard) {
        for path in paths {
            switch FileIdentity.kind(of: path) {
            case .file(let identity):
                add(path, identity)
                if DirectoryFiles.isDirectory(path) { follow(DirectoryFiles(path: path, limits: limits)) }
            case .folder(let identity): search(path, identity)
            case .other:
                failures.append(
                    FormatError(.inputOutput, file: path, expected: "a regular file", found: "something else"))
            case .missing:
                failures.append(
                    FormatError(.inputOutput, file: path, expected: "a file or folder", found: "nothing of that name"))
            }
        }
    }

    private mutating func follow(_ directory: DirectoryFiles) {
        failures += directory.failures
        for path in directory.files {
            if case .file(let identity) = FileIdentity.kind(of: path) { add(path, identity) }
        }
    }

    private mutating func add(_ file: String, _ identity: FileIdentity) {
        if visited.insert(identity).inserted { files.append(file) }
    }

    /// Counts an entry that is no file; one with the name of a DICOM file may stand for a slice, and is told.
    private mutating func addOther(_ entry: String, expected: String, found: String) {
        guard Self.isNamedAsDICOM(entry) else {
            otherCount += 1
            return
        }
        failures.append(FormatError(.inputOutput, file: entry, expected: expected, found: found))
    }

    /// Whether a path ends as those of DICOM files do.
    static func isNamedAsDICOM(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let point = name.lastIndex(of: ".") else { return false }
        return DICOMFormat.format.extensions.contains(name[name.index(after: point)...].lowercased())
    }

    private mutating func search(_ folder: String, _ identity: FileIdentity) {
        // A list of folders to come instead of recursion: paths may be deep.
        var coming = [(path: folder, identity: identity)]
        while let (path, identity) = coming.popLast() {
            guard visited.insert(identity).inserted else { continue }
            guard let names = FileIdentity.names(in: path) else {
                failures.append(FormatError(.inputOutput, file: path, found: "the folder cannot be read"))
                continue
            }
            for name in names.odd {
                failures.append(
                    FormatError(
                        .inputOutput, file: path, place: "\"\(name)\"", expected: "a name in UTF-8",
                        found: "one that cannot be opened"))
            }
            var folders: [(path: String, identity: FileIdentity)] = []
            for name in names.valid where !name.hasPrefix(".") {
                let entry = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
                switch FileIdentity.kind(of: entry) {
                case .file(let identity): add(entry, identity)
                case .folder(let identity): folders.append((entry, identity))
                case .other: addOther(entry, expected: "a regular file", found: "something else")
                case .missing: addOther(entry, expected: "a file", found: "a name that leads nowhere")
                }
            }
            coming += folders.reversed()
        }
    }
}
