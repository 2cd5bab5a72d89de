/// Which classes there are, which label and priority each has, and which names in annotation files mean it.
public struct ClassMap: Sendable, Hashable {
    /// One class.
    public struct Entry: Sendable, Hashable {
        /// The class's name, for example `tumor`.
        public var name: String
        /// The label of its pixels, 1 to 65,535; exclusions paint 0 whatever it says.
        public var label: Int
        /// Classes, groups or annotation names that mean this class; its own name always does.
        public var sources: [String]
        /// Painted from low to high; equal priorities in the order of the file.
        public var priority: Int
        /// Whether the regions are cut out of every class; they are painted after all classes.
        public var isExclusion: Bool

        /// A class by its parts.
        public init(name: String, label: Int, sources: [String] = [], priority: Int = 0, isExclusion: Bool = false) {
            self.name = name
            self.label = label
            self.sources = sources
            self.priority = priority
            self.isExclusion = isExclusion
        }
    }

    /// The classes.
    public var entries: [Entry]
    /// Names whose regions are left out, with a warning instead of an error.
    public var ignored: [String]

    /// A map by its parts.
    public init(_ entries: [Entry], ignored: [String] = []) {
        self.entries = entries
        self.ignored = ignored
    }

    /// The name under which regions go that have neither class nor group.
    public static let unnamed = "annotation"

    /// The classes that are no exclusions, in the map's order: the classes of masks and coverage.
    public var classes: [Entry] { entries.filter { !$0.isExclusion } }
}

extension ClassMap {
    /// Camelyon16: `_0`, `_1` and `Tumor` are tumor (label 1); `_2` and `Exclusion` are cut out of it.
    ///
    /// Regions outside any group are left out, as the challenge's own tools do.
    public static let camelyon16 = ClassMap(
        [
            Entry(name: "tumor", label: 1, sources: ["_0", "_1", "Tumor"], priority: 1),
            Entry(name: "exclusion", label: 0, sources: ["_2", "Exclusion"], priority: 2, isExclusion: true),
        ], ignored: [unnamed, "None"])

    /// Camelyon17: `metastases` (label 1), then `normal` (label 2), which is painted over it.
    public static let camelyon17 = ClassMap(
        [
            Entry(name: "metastases", label: 1, sources: ["metastases"], priority: 1),
            Entry(name: "normal", label: 2, sources: ["normal"], priority: 2),
        ], ignored: [unnamed, "None"])

    /// The map to use when none is given.
    ///
    /// When every name belongs to a built-in map, that one; otherwise each name is a class: sorted, labels and
    /// priorities from 1. Give the names of all files of a run, so that each gets the same labels.
    public static func inferred(from names: some Sequence<String>) -> ClassMap {
        let names = Set(names)
        for map in [camelyon16, camelyon17] {
            let index = map.index()
            let known = names.filter { index[$0] != nil }
            if !known.isEmpty && names.subtracting(known).isSubset(of: map.ignored) { return map }
        }
        return ClassMap(
            names.sorted().enumerated().map { Entry(name: $1, label: $0 + 1, sources: [$1], priority: $0 + 1) })
    }
}

extension ClassMap {
    /// The entry for each name: exact spelling first, lower case as a fallback.
    func index() -> [String: Int] {
        var index: [String: Int] = [:]
        for (i, entry) in entries.enumerated() {
            for name in [entry.name] + entry.sources where index[name] == nil { index[name] = i }
        }
        for (name, i) in index.sorted(by: { $0.key < $1.key }) where index[name.lowercased()] == nil {
            index[name.lowercased()] = i
        }
        return index
    }
}
