/// Regions that know their class, in the order in which they are painted.
public struct ResolvedAnnotations: Sendable, Hashable {
    /// One region to paint.
    public struct Layer: Sendable, Hashable {
        /// The label that the region's pixels get; 0 for exclusions.
        public var label: Int
        /// The index into ``ResolvedAnnotations/classNames``; `nil` for exclusions.
        public var classIndex: Int?
        /// The areas, painted as their union; even-odd within each.
        public var polygons: [Polygon]
        /// Where in the file the region stands.
        public var place: String

        /// A layer by its parts.
        public init(label: Int, classIndex: Int?, polygons: [Polygon], place: String = "") {
            self.label = label
            self.classIndex = classIndex
            self.polygons = polygons
            self.place = place
        }

        /// Whether the region is cut out of what lies below.
        public var isExclusion: Bool { classIndex == nil }
    }

    /// The regions in painting order: where two overlap, the later one is seen.
    public var layers: [Layer]
    /// The classes of the map that are no exclusions, in its order, whether or not the file uses them.
    public var classNames: [String]
    /// The label of each class of ``classNames``.
    public var classLabels: [Int]
    /// What was left out, one line each.
    public var warnings: [String]
    /// The annotation file, for messages.
    public var source: String

    /// Resolved annotations by their parts.
    public init(
        layers: [Layer], classNames: [String], classLabels: [Int], warnings: [String] = [], source: String = "memory"
    ) {
        self.layers = layers
        self.classNames = classNames
        self.classLabels = classLabels
        self.warnings = warnings
        self.source = source
    }

    /// The largest label of any class: whether a mask needs 16 bits.
    public var maxLabel: Int { classLabels.max() ?? 0 }
}
