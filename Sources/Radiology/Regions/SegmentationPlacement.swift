/// Where every frame of a segmentation goes on a grid.
struct SegmentationPlacement: Sendable {
    /// One frame on one slice: its pixels from (0, 0) on go to these rows and columns.
    struct Target: Sendable, Hashable {
        var slice: Int
        var row = 0
        var column = 0
    }

    /// In the order of the frames.
    var targets: [Target]
    /// The frames of every segment, by its number; all frames under -1 for a label map.
    var framesBySegment: [Int: [Int]]

    init(targets: [Target], of segmentation: Segmentation) {
        self.targets = targets
        framesBySegment = Dictionary(grouping: segmentation.frames.indices) { segmentation.frames[$0].segment ?? -1 }
    }
}

extension Segmentation {
    /// Finds the place of every frame: by its source image where the grid has it, else by its position.
    ///
    /// The tolerance says how far a corner of a frame may be from the same corner of its slice, in millimetres.
    func placement(on grid: SliceGrid, tolerance: Double) throws(RegionError) -> SegmentationPlacement {
        if let matrix, grid.rows == matrix.rows, grid.columns == matrix.columns {
            return SegmentationPlacement(targets: tilePlaces(on: grid), of: self)
        }
        guard rows == grid.rows, columns == grid.columns else {
            throw .sizeDiffers(
                file: name, rows: rows, columns: columns, gridRows: grid.rows, gridColumns: grid.columns)
        }
        if let own = frameOfReferenceUID, let other = grid.frameOfReferenceUID, own != other {
            throw .frameOfReferenceDiffers(file: name, found: own, grid: other)
        }
        let finder = FramePlaces(self, grid)
        var targets: [SegmentationPlacement.Target] = []
        targets.reserveCapacity(frames.count)
        for index in frames.indices {
            targets.append(SegmentationPlacement.Target(slice: try finder.slice(of: index, tolerance: tolerance)))
        }
        return SegmentationPlacement(targets: targets, of: self)
    }

    private func tilePlaces(on grid: SliceGrid) -> [SegmentationPlacement.Target] {
        let planes = grid.slices.map { $0.originMillimetres?.z }
        return frames.map { frame in
            let z = matrixOrigin(of: frame)?.z
            let plane = planes.firstIndex { plane in
                guard let plane, let z else { return true }
                return abs(plane - z) <= Self.samePlane
            }
            return SegmentationPlacement.Target(
                slice: plane ?? 0, row: frame.matrixRow, column: frame.matrixColumn)
        }
    }
}

/// Finds the slice of one frame after another.
private struct FramePlaces {
    let segmentation: Segmentation
    let places: SliceGrid.Places?
    let grid: SliceGrid
    let instances: [String: [Int: [Int]]]

    init(_ segmentation: Segmentation, _ grid: SliceGrid) {
        self.segmentation = segmentation
        self.grid = grid
        places = grid.places()
        instances = grid.slicesByInstance()
    }

    func slice(of index: Int, tolerance: Double) throws(RegionError) -> Int {
        let frame = segmentation.frames[index]
        let candidates = sourceSlices(of: frame)
        guard let places, let position = frame.positionMillimetres, let orientation = frame.orientation else {
            if candidates.count == 1 { return candidates[0] }
            if candidates.isEmpty, grid.slices.count == 1, segmentation.frames[index].sources.isEmpty { return 0 }
            throw .noPlace(file: segmentation.name, frame: index)
        }
        let nearest = places.nearest(to: places.distance(position)).slice
        var best = (slice: nearest, deviation: Double.infinity)
        for slice in candidates + (candidates.isEmpty ? [nearest] : []) {
            let deviation = deviation(position, orientation, from: slice, places)
            if deviation < best.deviation { best = (slice, deviation) }
        }
        guard best.deviation <= tolerance else {
            throw .offGrid(
                file: segmentation.name, frame: index, deviationMillimetres: best.deviation,
                toleranceMillimetres: tolerance)
        }
        return best.slice
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

    /// The largest distance between a corner of the frame and the same corner of a slice.
    private func deviation(
        _ position: SIMD3<Double>, _ orientation: SliceOrientation, from slice: Int, _ places: SliceGrid.Places
    ) -> Double {
        let spacing = segmentation.spacing ?? places.spacing
        func corner(_ x: Double, _ y: Double) -> Double {
            let here =
                position + orientation.x * (x * spacing.xMillimetres) + orientation.y * (y * spacing.yMillimetres)
            let there =
                places.origins[slice] + places.orientation.x * (x * places.spacing.xMillimetres)
                + places.orientation.y * (y * places.spacing.yMillimetres)
            return (here - there).length
        }
        let (right, bottom) = (Double(grid.columns - 1), Double(grid.rows - 1))
        return max(corner(0, 0), corner(right, 0), corner(0, bottom), corner(right, bottom))
    }
}
