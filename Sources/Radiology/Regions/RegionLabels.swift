public import ImageCore

/// The regions of one object as label maps on a grid, with what each label means.
public struct RegionLabels: Sendable {
    /// What one label means.
    public struct Region: Sendable, Hashable {
        /// The value of the region's voxels.
        public var label: Int
        /// Its number in the file, where that is another one.
        public var numberInFile: Int?
        /// Its name.
        public var name: String
        /// The color to show it in.
        public var color: RGBColor?
        /// What it is, as a term.
        public var concept: CodedConcept?
        /// What kind of thing it is, such as `ORGAN`, `GTV` or the name of a category.
        public var type: String?
        /// An identifier that follows the thing through several objects.
        public var trackingUID: String?

        /// A region by label and name.
        public init(label: Int, name: String) {
            self.label = label
            self.name = name
        }
    }

    /// The label maps; several where regions overlap.
    public var layers: LabelLayers
    /// What the labels mean, in the order of the file.
    public var regions: [Region]
    /// What a user has to know.
    public var defects: [RegionDefect]

    /// Labels by their parts.
    public init(layers: LabelLayers, regions: [Region], defects: [RegionDefect] = []) {
        self.layers = layers
        self.regions = regions
        self.defects = defects
    }
}

extension LabelLayers {
    /// The layers as images of one type with the geometry of the grid: 8 bits, or 16 where a label is above 255.
    ///
    /// Where the slices have no single step, the geometry is ``SliceGrid/nominalGeometry``, as that of a volume is.
    public func volumes() -> [AnyImage] {
        let geometry = grid.geometry ?? grid.nominalGeometry
        let isWide = layers.contains { $0.regions.contains { $0 > 255 } || Self.hasWideLabel($0.labels) }
        return layers.map { layer in
            guard !isWide else {
                var image = layer.labels
                image.geometry = geometry
                return .uint16(image)
            }
            let labels = layer.labels.contiguous()
            var image = Image<UInt8>(
                axes: [.z, .y, .x], sizes: layer.labels.sizes, color: .labels, domain: .labels
            ) { samples in
                for i in 0..<samples.count { samples[i] = UInt8(truncatingIfNeeded: labels.samples[i]) }
            }
            image.geometry = geometry
            return .uint8(image)
        }
    }

    /// How many voxels every label has, by layer.
    public func voxelCounts() -> [[Int: Int]] {
        layers.map { layer in
            var counts = [Int](repeating: 0, count: 65536)
            let labels = layer.labels.contiguous()
            for i in 0..<labels.samples.count { counts[Int(labels.samples[i])] += 1 }
            var found: [Int: Int] = [:]
            for (label, count) in counts.enumerated() where label > 0 && count > 0 { found[label] = count }
            return found
        }
    }

    /// Label maps may have values that no region explains.
    private static func hasWideLabel(_ image: Image<UInt16>) -> Bool {
        let labels = image.contiguous()
        return (0..<labels.samples.count).contains { labels.samples[$0] > 255 }
    }
}
