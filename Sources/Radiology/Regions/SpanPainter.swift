import ImageCore

/// Puts regions, given as runs of voxels, into label maps, each into the first in which it overlaps nothing.
struct SpanPainter {
    private let grid: SliceGrid
    private let byteLimit: Int
    private var layers: [[UInt16]] = []
    private var regions: [[Int]] = []

    init(_ grid: SliceGrid, byteLimit: Int) {
        self.grid = grid
        self.byteLimit = byteLimit
    }

    private var voxelCount: Int { grid.rows * grid.columns * grid.slices.count }

    /// Paints one region.
    ///
    /// - Throws: ``RegionError/tooLarge(file:voxels:limit:)`` when a further layer takes more than the limit.
    mutating func paint(_ label: Int, _ spans: [Range<Int>], file: String) throws(RegionError) {
        let free = layers.indices.first { layer in
            !spans.contains { span in layers[layer][span].contains { $0 != 0 } }
        }
        if free == nil { try addLayer(file) }
        let layer = free ?? layers.count - 1
        regions[layer].append(label)
        for span in spans {
            for voxel in span { layers[layer][voxel] = UInt16(truncatingIfNeeded: label) }
        }
    }

    private mutating func addLayer(_ file: String) throws(RegionError) {
        try grid.checkSize(bytesPerVoxel: 2 * (layers.count + 1), limit: byteLimit, file: file)
        layers.append([UInt16](repeating: 0, count: voxelCount))
        regions.append([])
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

extension SliceGrid {
    /// Checks what label maps of the grid take before memory is taken.
    func checkSize(bytesPerVoxel: Int, limit: Int, file: String) throws(RegionError) {
        let (slice, first) = rows.multipliedReportingOverflow(by: columns)
        let (voxels, second) = slice.multipliedReportingOverflow(by: slices.count)
        let (bytes, third) = voxels.multipliedReportingOverflow(by: bytesPerVoxel)
        guard !first, !second, !third, bytes <= limit else {
            throw .tooLarge(file: file, voxels: "\(columns) x \(rows) x \(slices.count)", limit: limit)
        }
    }
}

extension LabelLayers {
    /// Turns label maps into images, one after another, so that no two copies of all exist.
    init(taking maps: consuming [[UInt16]], regions: [[Int]], grid: SliceGrid) {
        var maps = maps
        var regions = regions
        var result: [Layer] = []
        let sizes = [grid.slices.count, grid.rows, grid.columns]
        while !maps.isEmpty {
            let labels = maps.removeLast()
            let image = Image<UInt16>(axes: [.z, .y, .x], sizes: sizes, color: .labels, domain: .labels) {
                for i in labels.indices { $0[i] = labels[i] }
            }
            result.append(Layer(labels: image, regions: regions.removeLast()))
        }
        layers = result.reversed()
        self.grid = grid
    }
}

extension Image where Scalar == Bool {
    /// The runs of `true`, as indices in C order.
    func runs() -> [Range<Int>] {
        let image = contiguous()
        let samples = image.samples
        var runs: [Range<Int>] = []
        var i = 0
        while i < samples.count {
            let first = i
            while i < samples.count, samples[i] { i += 1 }
            if i > first { runs.append(first..<i) } else { i += 1 }
        }
        return runs
    }
}
