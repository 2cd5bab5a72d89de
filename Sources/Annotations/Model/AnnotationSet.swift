/// The regions that one annotation file holds.
public struct AnnotationSet: Sendable, Hashable {
    /// The regions, in the order of the file.
    public var regions: [AnnotationRegion]
    /// What was skipped or guessed, one line each, with its place in the file.
    public var warnings: [String]
    /// The format's name, for example `ASAP XML`.
    public var format: String
    /// The file's path, or a name for bytes in memory.
    public var source: String
    /// The group that each nested group belongs to.
    public var parentGroups: [String: String]

    /// A set by its parts.
    public init(
        regions: [AnnotationRegion] = [], warnings: [String] = [], format: String, source: String,
        parentGroups: [String: String] = [:]
    ) {
        self.regions = regions
        self.warnings = warnings
        self.format = format
        self.source = source
        self.parentGroups = parentGroups
    }

    /// The distinct classes, each the class or else the group of some region with an area; ``ClassMap/unnamed`` for regions without.
    public var classKeys: Set<String> {
        Set(
            regions.lazy.filter { $0.hasArea && $0.role == .include }.map {
                $0.className ?? $0.group ?? ClassMap.unnamed
            })
    }
}

extension AnnotationRegion {
    /// Whether the region covers an area: every shape but points and lines.
    public var hasArea: Bool {
        switch shape {
        case .points, .line: false
        case .polygon, .multiPolygon, .rectangle, .ellipse: true
        }
    }
}
