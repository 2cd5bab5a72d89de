public import Foundation

/// The files of a folder with their bytes, to compare what two runs wrote.
public struct FileTree: Equatable, CustomStringConvertible {
    /// The bytes by relative path; folders have none and end with a slash.
    public let files: [String: Data]

    /// Reads a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - normalize: Changes what a file holds before it is compared.
    /// - Throws: What reading files throws.
    public init(_ folder: String, normalize: (String, Data) -> Data = { _, data in data }) throws {
        var files: [String: Data] = [:]
        let walk = FileManager.default.enumerator(atPath: folder)
        while let name = walk?.nextObject() as? String {
            let url = URL(filePath: "\(folder)/\(name)")
            if try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
                files[name + "/"] = Data()
            } else {
                files[name] = normalize(name, try Data(contentsOf: url))
            }
        }
        self.files = files
    }

    /// The outputs of a batch: records are compared without their timings.
    public static func outputs(_ folder: String) throws -> FileTree {
        try FileTree(folder) { name, data in
            guard name.hasPrefix("slides/"), name.hasSuffix(".json"),
                var record = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { return data }
            record["timings"] = nil
            return (try? JSONSerialization.data(withJSONObject: record, options: .sortedKeys)) ?? data
        }
    }

    /// The relative paths, sorted.
    public var names: [String] { files.keys.sorted() }

    /// Names of files and folders that only an unfinished run has.
    public var leftovers: [String] { names.filter { $0.contains(".partial") || $0.hasSuffix(".part") } }

    /// What differs, one line each; no more than ten.
    public func differences(from other: FileTree) -> [String] {
        let lines = Set(files.keys).union(other.files.keys).sorted().compactMap { name in
            switch (files[name], other.files[name]) {
            case (nil, _): "\(name): missing here"
            case (_, nil): "\(name): only here"
            case (let a, let b) where a == b: nil
            default: "\(name): differs"
            }
        }
        return Array(lines.prefix(10))
    }

    /// The names.
    public var description: String { names.joined(separator: "\n") }
}
