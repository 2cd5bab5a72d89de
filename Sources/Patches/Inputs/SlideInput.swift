public import Formats

/// A slide to work on: its file, and the name that its outputs carry.
public struct SlideInput: Sendable, Hashable {
    /// The name of the outputs: the file's base name, or its relative path where two slides share one.
    public let name: String
    /// The path to open.
    public let path: String

    /// The slides that files and folders hold, sorted by name.
    ///
    /// Folders are searched for the extensions of slides; named files are taken as they are.
    /// Two slides with one base name get the folders between them into their names.
    public static func find(_ inputs: [String]) -> (slides: [SlideInput], failures: [FormatError]) {
        let (files, failures) = FileSearch.files(in: inputs) {
            Slides.extensions.contains(FileSearch.pathExtension($0))
        }
        return (named(files), failures)
    }

    /// Gives each file the name of its outputs, sorted by name.
    static func named(_ files: [FoundFile]) -> [SlideInput] {
        let groups = Dictionary(grouping: files) { FileSearch.baseName($0.path) }
        var slides: [SlideInput] = []
        for (base, members) in groups {
            if members.count == 1 {
                slides.append(SlideInput(name: base, path: members[0].path))
            } else {
                slides += members.map { SlideInput(name: distinctName($0, among: members), path: $0.path) }
            }
        }
        return slides.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    }

    /// The whole relative path, separators and dots replaced; the full path where even that is not enough.
    private static func distinctName(_ file: FoundFile, among files: [FoundFile]) -> String {
        let isUnique = files.filter { $0.relativePath == file.relativePath }.count == 1
        let path = isUnique ? file.relativePath : file.path
        return String(path.drop { $0 == "/" }.map { $0 == "/" || $0 == "." ? "_" : $0 })
    }
}

/// A part of a batch for one of several processes: slides number i, i + n, i + 2n … of the sorted list.
public struct Shard: Sendable, Hashable {
    /// From 1 to ``count``.
    public let index: Int
    /// Number of processes.
    public let count: Int

    /// The whole batch.
    public static let whole = Shard(uncheckedIndex: 1, count: 1)

    /// A shard, or `nil` unless 1 ≤ index ≤ count.
    public init?(index: Int, count: Int) {
        guard count >= 1, (1...count).contains(index) else { return nil }
        self.init(uncheckedIndex: index, count: count)
    }

    private init(uncheckedIndex index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    /// The elements that belong to this shard.
    public func part<Element>(of list: [Element]) -> [Element] {
        list.enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
    }
}
