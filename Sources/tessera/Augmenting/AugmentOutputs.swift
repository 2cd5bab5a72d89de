import Formats
import Patches

/// The files that a run will write for its inputs, told by their names.
struct AugmentOutputs {
    /// The inputs' names without their folder, for each folder.
    private var names: [String: Set<String>] = [:]
    private let count: Int

    /// The outputs of some inputs.
    ///
    /// - Parameters:
    ///   - inputs: The inputs.
    ///   - count: Variants of each.
    ///   - output: The folder of the run.
    init(_ inputs: [AugmentInput], count: Int, in output: String) {
        self.count = count
        for input in inputs {
            let path = "\(output)/\(input.name)"
            names[FilePaths.parent(of: path) ?? output, default: []].insert(FileSearch.lastComponent(path))
        }
    }

    /// Removes the temporary files that killed processes left of the outputs: each folder is listed once.
    func removeLeftovers() {
        for (folder, names) in names { AtomicFile.removeLeftovers(in: folder) { isOutput($0, of: names) } }
    }

    /// A file that is there already and has the name of an output; `nil` without one.
    func firstExisting() -> String? {
        for (folder, names) in names.sorted(by: { $0.key < $1.key }) {
            if let found = FilePaths.names(in: folder).first(where: { isOutput($0[...], of: names) }) {
                return "\(folder)/\(found)"
            }
        }
        return nil
    }

    /// The first of some files that an output would replace; `nil` without one.
    func firstReplaced(of files: some Sequence<String>) -> String? {
        let folders = Dictionary(
            names.filter { FilePaths.isFolder($0.key) }.map { (FilePaths.resolved($0.key), $0.value) },
            uniquingKeysWith: { $0.union($1) })
        guard !folders.isEmpty else { return nil }
        return files.first { file in
            let folder = FilePaths.resolved(FilePaths.parent(of: file) ?? (file.hasPrefix("/") ? "/" : "."))
            return folders[folder].map { isOutput(FileSearch.lastComponent(file)[...], of: $0) } ?? false
        }
    }

    /// Whether a name is `<name>_<k>`, perhaps `_mask`, and an ending of images, masks or records.
    private func isOutput(_ file: Substring, of names: Set<String>) -> Bool {
        guard let ending = AugmentEncoder.endings.first(where: { file.hasSuffix("." + $0) }) else { return false }
        var stem = file.dropLast(ending.count + 1)
        if stem.hasSuffix("_mask") { stem = stem.dropLast(5) }
        guard let bar = stem.lastIndex(of: "_"), let variant = Int(stem[stem.index(after: bar)...]) else {
            return false
        }
        return (0..<count).contains(variant) && names.contains(String(stem[..<bar]))
    }
}
