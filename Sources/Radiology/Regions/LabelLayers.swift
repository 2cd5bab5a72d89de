public import ImageCore

/// Label maps of regions: as few as are needed for regions that overlap to stand in different ones.
public struct LabelLayers: Sendable {
    /// One label map and the numbers that occur in it.
    public struct Layer: Sendable {
        /// Axes z, y, x; 0 where no region is.
        public var labels: Image<UInt16>
        /// The numbers of the regions that stand in this layer, in their order.
        public var regions: [Int]
    }

    /// The layers; one, possibly empty, when nothing overlaps.
    public var layers: [Layer]
    /// Where the slices of the label maps are.
    public var grid: SliceGrid

    /// The one label map of regions that do not overlap; `nil` when there are several layers.
    public var labelMap: Image<UInt16>? { layers.count == 1 ? layers[0].labels : nil }
}
