import ImageCore

/// Puts segments into label maps, each into the first in which it overlaps nothing.
struct LayerPainter {
    private let segmentation: Segmentation
    private let grid: SliceGrid
    private let placement: SegmentationPlacement
    private let threshold: Double
    private var layers: [[UInt16]] = []
    private var regions: [[Int]] = []
    private var frame: [UInt16]
    private let isCancelled: CancellationCheck
    /// What is odd about the values.
    private(set) var defects = RegionDefects()

    init(
        _ segmentation: Segmentation, _ grid: SliceGrid, _ placement: SegmentationPlacement, threshold: Double,
        isCancelled: @escaping CancellationCheck
    ) {
        self.isCancelled = isCancelled
        self.segmentation = segmentation
        self.grid = grid
        self.placement = placement
        self.threshold = threshold
        frame = [UInt16](repeating: 0, count: segmentation.rows * segmentation.columns)
    }

    private var voxelCount: Int { grid.rows * grid.columns * grid.slices.count }

    /// Reads a frame, unless the caller asked to stop.
    private mutating func read(_ index: Int) throws(RegionError) {
        if isCancelled() { throw .interrupted(segmentation.name) }
        try segmentation.read(index, into: &frame)
    }

    /// Takes the values of a label map as they are.
    mutating func paintLabelMap() throws(RegionError) {
        var labels = [UInt16](repeating: 0, count: voxelCount)
        for index in segmentation.frames.indices {
            try read(index)
            let window = FrameWindow(placement.targets[index], segmentation, grid)
            for row in window.rows {
                for column in window.columns {
                    labels[window.voxel(row, column)] = frame[row * segmentation.columns + column]
                }
            }
        }
        layers = [labels]
        regions = [segmentation.segments.map(\.number)]
    }

    /// Paints a segment of a binary or fractional segmentation.
    mutating func paint(_ segment: Int) throws(RegionError) {
        let frames = placement.framesBySegment[segment] ?? []
        let layer = try freeLayer(for: segment, frames)
        if layer == layers.count { try addLayer() }
        regions[layer].append(segment)
        let inside = segmentation.insideRule(segment, threshold: threshold)
        var labels: [UInt16] = []
        swap(&labels, &layers[layer])
        for index in frames {
            try read(index)
            checkFractions(index, segment)
            forEachInside(index, inside) { labels[$0] = UInt16(segment) }
        }
        swap(&labels, &layers[layer])
    }

    /// Tells of fractions above the largest that the file declares.
    private mutating func checkFractions(_ index: Int, _ segment: Int) {
        guard case .fractional(let maximum) = segmentation.kind, let most = frame.max(), most > maximum else { return }
        defects.add(
            RegionDefect(
                .fractionAboveMaximum, .warning, region: segment,
                "frame \(index + 1), segment \(segment): expected values of at most the Maximum Fractional Value, \(maximum), "
                    + "found \(most); what is above it counts as inside"))
    }

    /// The first layer in which no voxel of a segment is taken; one behind the last when all have some.
    private mutating func freeLayer(for segment: Int, _ frames: [Int]) throws(RegionError) -> Int {
        var free = Array(layers.indices)
        let inside = segmentation.insideRule(segment, threshold: threshold)
        for index in frames where !free.isEmpty {
            try read(index)
            free.removeAll { layer in
                var isTaken = false
                forEachInside(index, inside) { if layers[layer][$0] != 0 { isTaken = true } }
                return isTaken
            }
        }
        return free.first ?? layers.count
    }

    private mutating func addLayer() throws(RegionError) {
        try segmentation.checkSize(of: grid, bytesPerVoxel: 2 * (layers.count + 1))
        layers.append([UInt16](repeating: 0, count: voxelCount))
        regions.append([])
    }

    @inline(__always)
    private func forEachInside(_ index: Int, _ inside: (UInt16) -> Bool, _ body: (Int) -> Void) {
        let window = FrameWindow(placement.targets[index], segmentation, grid)
        for row in window.rows {
            let line = row * segmentation.columns
            for column in window.columns where inside(frame[line + column]) { body(window.voxel(row, column)) }
        }
    }

    /// The layers as images; at least one.
    consuming func finish() -> LabelLayers {
        if layers.isEmpty {
            layers = [[UInt16](repeating: 0, count: voxelCount)]
            regions = [[]]
        }
        return LabelLayers(taking: layers, regions: regions, grid: grid)
    }
}
