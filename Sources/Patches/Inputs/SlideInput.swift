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
    /// The output folder is not searched, since masks are TIFF files, too.
    public static func find(
        _ inputs: [String], output: String? = nil
    ) -> (slides: [SlideInput], failures: [FormatError]) {
        let (files, failures) = FileSearch.files(in: inputs, excluding: output) {
            Slides.extensions.contains(FileSearch.pathExtension($0))
        }
        return (named(files), failures)
    }

    /// Gives each file the name of its outputs, sorted by name.
    static func named(_ files: [FoundFile]) -> [SlideInput] {
        let groups = Dictionary(grouping: files) { FileSearch.baseName($0.path) }
        let wanted = files.sorted { $0.path < $1.path }.map { file in
            let base = FileSearch.baseName(file.path)
            let members = groups[base] ?? []
            let name = members.count == 1 ? base : distinctName(file, among: members)
            return SlideInput(name: FilePaths.folderName(name), path: file.path)
        }
        return numbered(wanted).sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    }

    /// Names that are equal even so (`a/b/x.svs` and `a_b/x.svs`) get a number, in the order of the paths.
    private static func numbered(_ slides: [SlideInput]) -> [SlideInput] {
        var taken = Set(slides.map(\.name))
        var first: Set<String> = []
        return slides.map { slide in
            guard !first.insert(slide.name).inserted else { return slide }
            let name = (2...).lazy.map { "\(slide.name)-\($0)" }.first { !taken.contains($0) } ?? slide.name
            taken.insert(name)
            return SlideInput(name: name, path: slide.path)
        }
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
