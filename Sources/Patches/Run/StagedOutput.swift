public import Formats
import Synchronization

/// The outputs of one slide, gathered in a hidden folder beside their final place and moved there when all are whole.
///
/// A run that is killed leaves at most the hidden folder, which the next run of the same slide removes first.
public final class StagedOutput: Sendable {
    private let output: String
    private let folder: String
    private let files = Mutex<Set<String>>([])
    private let folders = Mutex<Set<String>>([])

    /// Starts with an empty staging folder.
    ///
    /// - Parameters:
    ///   - output: The output folder of the run.
    ///   - name: The slide's name.
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``.
    public init(output: String, name: String) throws(FormatError) {
        self.output = output
        folder = Self.folder(output: output, name: name)
        FilePaths.remove(folder)
        try OutputFolder.create(folder)
    }

    /// Where the outputs of a slide are gathered.
    static func folder(output: String, name: String) -> String { "\(output)/.partial/\(name)" }

    /// What ``commit()`` moves, relative to the output folder, sorted.
    ///
    /// Files that lie below `patches` or `masks` move with their folder, others one by one.
    var units: [String] { files.withLock { Set($0.map(Self.unit)) }.sorted() }

    /// Removes the staging folder and what was not committed.
    public func discard() { FilePaths.remove(folder) }

    /// The path under which a file is written; its folder exists afterwards.
    func prepare(_ relativePath: String) throws(FormatError) -> String {
        if let slash = relativePath.lastIndex(of: "/") {
            try createFolder(String(relativePath[..<slash]))
        }
        files.withLock { _ = $0.insert(relativePath) }
        return "\(folder)/\(relativePath)"
    }

    /// Creates a folder that does not exist yet; other threads wait until it does.
    private func createFolder(_ relativePath: String) throws(FormatError) {
        try folders.withLock { folders in
            Result { () throws(FormatError) in
                guard !folders.contains(relativePath) else { return }
                try OutputFolder.create("\(folder)/\(relativePath)")
                folders.insert(relativePath)
            }
        }.get()
    }

    /// Writes a file.
    public func write(_ bytes: [UInt8], to relativePath: String) throws(FormatError) {
        try AtomicFile.write(bytes, to: prepare(relativePath))
    }

    /// Moves everything to its final place; an older output of the same name is replaced.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/inputOutput``; what was moved before is taken away again.
    public func commit() throws(FormatError) {
        let units = self.units
        do throws(FormatError) {
            for unit in units {
                let target = "\(output)/\(unit)"
                if let slash = target.lastIndex(of: "/") { try OutputFolder.create(String(target[..<slash])) }
                FilePaths.remove(target)
                try OutputFolder.rename("\(folder)/\(unit)", to: target)
            }
        } catch {
            for unit in units { FilePaths.remove("\(output)/\(unit)") }
            throw error
        }
    }

    private static func unit(of file: String) -> String {
        let parts = file.split(separator: "/")
        let movesWithFolder = parts.count > 2 && (parts[0] == "patches" || parts[0] == "masks")
        return movesWithFolder ? parts.dropLast().joined(separator: "/") : file
    }
}
