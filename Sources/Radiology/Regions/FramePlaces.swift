/// Finds the voxels of one frame of a segmentation after another.
struct FramePlaces {
    private let segmentation: Segmentation
    private let places: SliceGrid.Places?
    private let grid: SliceGrid
    private let instances: [String: [Int: [Int]]]

    init(_ segmentation: Segmentation, _ grid: SliceGrid) {
        self.segmentation = segmentation
        self.grid = grid
        places = grid.places()
        instances = grid.slicesByInstance()
    }

    func target(of index: Int, tolerance: Double) throws(RegionError) -> FrameTarget {
        let frame = segmentation.frames[index]
        let candidates = sourceSlices(of: frame)
        guard let places, let position = frame.positionMillimetres, let orientation = frame.orientation else {
            guard segmentation.rows == grid.rows, segmentation.columns == grid.columns else { throw sizeDiffers }
            if candidates.count == 1 { return FrameTarget(slice: candidates[0]) }
            if candidates.isEmpty, grid.slices.count == 1, frame.sources.isEmpty { return FrameTarget(slice: 0) }
            throw .noPlace(file: segmentation.name, frame: index)
        }
        let plane = FramePlane(
            position: position, orientation: orientation, spacing: segmentation.spacing ?? places.spacing,
            rows: segmentation.rows, columns: segmentation.columns)
        let nearest = places.nearest(to: places.distance(position)).slice
        var best: (target: FrameTarget, deviation: Double)?
        for slice in candidates.isEmpty ? [nearest] : candidates {
            guard let target = plane.target(slice, on: grid, places) else { throw sizeDiffers }
            let deviation = plane.deviation(from: target, places)
            if deviation < best?.deviation ?? .infinity { best = (target, deviation) }
        }
        guard let best, best.deviation <= tolerance else {
            throw .offGrid(
                file: segmentation.name, frame: index, deviationMillimetres: best?.deviation ?? .infinity,
                toleranceMillimetres: tolerance)
        }
        return best.target
    }

    private var sizeDiffers: RegionError {
        .sizeDiffers(
            file: segmentation.name, rows: segmentation.rows, columns: segmentation.columns, gridRows: grid.rows,
            gridColumns: grid.columns)
    }

    /// The slices that the frame names as its sources.
    private func sourceSlices(of frame: SegmentationFrame) -> [Int] {
        var found: [Int] = []
        for source in segmentation.sources[frame.sources] {
            guard let byFrame = instances[source.sopInstanceUID] else { continue }
            let slices = source.frame.map { byFrame[$0] ?? [] } ?? byFrame.values.flatMap { $0 }
            for slice in slices where !found.contains(slice) { found.append(slice) }
        }
        return found.sorted()
    }
}

/// Where the pixels of a frame lie in space.
private struct FramePlane {
    let position: SIMD3<Double>
    let orientation: SliceOrientation
    let spacing: DICOMPixelSpacing
    let rows: Int
    let columns: Int

    /// The voxels of a slice that the frame is nearest to, all of them within the slice; `nil` when it is too large for that.
    func target(_ slice: Int, on grid: SliceGrid, _ places: SliceGrid.Places) -> FrameTarget? {
        var target = FrameTarget(slice: slice)
        target.alongRow = Self.step(orientation.x, places)
        // Rows and columns are at right angles.
        target.downColumn =
            target.alongRow.column == 0
            ? FrameTarget.Step(row: 0, column: orientation.y.dot(places.orientation.x) < 0 ? -1 : 1)
            : FrameTarget.Step(row: orientation.y.dot(places.orientation.y) < 0 ? -1 : 1, column: 0)
        let last = target.voxel(row: rows - 1, column: columns - 1)
        let first = places.indices(of: position, slice: slice)
        guard let row = Self.start(first.y, extent: last.row, of: grid.rows),
            let column = Self.start(first.x, extent: last.column, of: grid.columns)
        else { return nil }
        (target.row, target.column) = (row, column)
        return target
    }

    /// The step on a slice that a direction is nearest to.
    private static func step(_ direction: SIMD3<Double>, _ places: SliceGrid.Places) -> FrameTarget.Step {
        let (x, y) = (direction.dot(places.orientation.x), direction.dot(places.orientation.y))
        return abs(x) >= abs(y)
            ? FrameTarget.Step(row: 0, column: x < 0 ? -1 : 1) : FrameTarget.Step(row: y < 0 ? -1 : 1, column: 0)
    }

    /// The index nearest to a place from which an extent, which may be negative, ends within a size.
    private static func start(_ place: Double, extent: Int, of size: Int) -> Int? {
        let (low, high) = (max(0, -extent), min(size - 1, size - 1 - extent))
        guard low <= high, place.isFinite else { return nil }
        return Int(min(max(place.rounded(), Double(low)), Double(high)))
    }

    /// The largest distance in millimetres between a corner of the frame and the voxel that it goes to.
    func deviation(from target: FrameTarget, _ places: SliceGrid.Places) -> Double {
        func corner(_ row: Int, _ column: Int) -> Double {
            let here =
                position + orientation.x * (Double(column) * spacing.xMillimetres)
                + orientation.y * (Double(row) * spacing.yMillimetres)
            let voxel = target.voxel(row: row, column: column)
            let there =
                places.origins[target.slice] + places.orientation.x
                * (Double(voxel.column) * places.spacing.xMillimetres)
                + places.orientation.y * (Double(voxel.row) * places.spacing.yMillimetres)
            return (here - there).length
        }
        return max(corner(0, 0), corner(0, columns - 1), corner(rows - 1, 0), corner(rows - 1, columns - 1))
    }
}
