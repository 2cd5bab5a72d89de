/// Where every frame of a segmentation goes on a grid.
struct SegmentationPlacement: Sendable {
    /// In the order of the frames.
    var targets: [FrameTarget]
    /// The frames of every segment, by its number; all frames under -1 for a label map.
    var framesBySegment: [Int: [Int]]

    init(targets: [FrameTarget], of segmentation: Segmentation) {
        self.targets = targets
        framesBySegment = Dictionary(grouping: segmentation.frames.indices) { segmentation.frames[$0].segment ?? -1 }
    }
}

extension Segmentation {
    /// Finds the place of every frame: by its source image where the grid has it, else by its position.
    ///
    /// A frame may be flipped or turned against the slices, and may be a part of them. The tolerance says how far a corner of
    /// a frame may be from the voxel that it falls on, in millimetres.
    func placement(on grid: SliceGrid, tolerance: Double) throws(RegionError) -> SegmentationPlacement {
        if let matrix, grid.rows == matrix.rows, grid.columns == matrix.columns {
            return SegmentationPlacement(targets: tilePlaces(on: grid), of: self)
        }
        if let own = frameOfReferenceUID, let other = grid.frameOfReferenceUID, own != other {
            throw .frameOfReferenceDiffers(file: name, found: own, grid: other)
        }
        let finder = FramePlaces(self, grid)
        var targets: [FrameTarget] = []
        targets.reserveCapacity(frames.count)
        for index in frames.indices { targets.append(try finder.target(of: index, tolerance: tolerance)) }
        return SegmentationPlacement(targets: targets, of: self)
    }

    private func tilePlaces(on grid: SliceGrid) -> [FrameTarget] {
        let planes = grid.slices.map { $0.originMillimetres?.z }
        return frames.map { frame in
            let z = matrixOrigin(of: frame)?.z
            let plane = planes.firstIndex { plane in
                guard let plane, let z else { return true }
                return abs(plane - z) <= Self.samePlane
            }
            return FrameTarget(slice: plane ?? 0, row: frame.matrixRow, column: frame.matrixColumn)
        }
    }
}
