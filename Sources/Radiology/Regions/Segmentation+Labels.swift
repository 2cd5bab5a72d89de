import Formats
public import ImageCore

extension Segmentation {
    /// How far a frame may be from its slice when nothing else is said: files round to hundredths of a millimetre.
    public static let standardTolerance = 0.01

    /// Label maps of all segments on a grid; the value of a voxel is the number of its segment.
    ///
    /// A segment goes into the first layer in which it overlaps nothing, in the order of the file. A fraction of at
    /// least `threshold` is inside.
    ///
    /// - Parameters:
    ///   - grid: The slices of the result; `nil` stands for ``ownGrid()``.
    ///   - tolerance: How far a corner of a frame may be from the voxel that it falls on, in millimetres. Frames may be flipped
    ///     or turned against the slices, and may be a part of them.
    ///   - threshold: For fractional segmentations, above 0 and at most 1.
    /// - Returns: one layer when nothing overlaps.
    /// - Throws: ``RegionError`` when a frame has no place on the grid, a file error, or the result is too large.
    /// - Complexity: every frame is decoded twice, once for a label map.
    public func labels(
        on grid: SliceGrid? = nil, tolerance: Double = standardTolerance, threshold: Double = 0.5
    ) throws(RegionError) -> LabelLayers {
        let grid = grid ?? ownGrid()
        return try painted(on: grid, placement(on: grid, tolerance: tolerance), threshold: threshold).layers
    }

    /// Label maps by the places of the frames, and what is odd about their values.
    func painted(
        on grid: SliceGrid, _ placement: SegmentationPlacement, threshold: Double,
        isCancelled: @escaping CancellationCheck = { false }
    ) throws(RegionError) -> (layers: LabelLayers, defects: [RegionDefect]) {
        try checkSize(of: grid, bytesPerVoxel: 2)
        var painter = LayerPainter(self, grid, placement, threshold: threshold, isCancelled: isCancelled)
        if kind == .labelMap {
            try painter.paintLabelMap()
        } else {
            for segment in segments { try painter.paint(segment.number) }
        }
        let defects = painter.defects.all
        return (painter.finish(), defects)
    }

    /// The voxels of one segment on a grid, axes z, y, x.
    ///
    /// - Parameters:
    ///   - segment: The segment's number.
    ///   - grid: The slices of the result; `nil` stands for ``ownGrid()``.
    ///   - tolerance: As in ``labels(on:tolerance:threshold:)``.
    ///   - threshold: As in ``labels(on:tolerance:threshold:)``.
    /// - Returns: `true` inside of the segment.
    /// - Throws: as ``labels(on:tolerance:threshold:)``, and ``RegionError/unknownRegion(file:number:)``.
    public func mask(
        of segment: Int, on grid: SliceGrid? = nil, tolerance: Double = standardTolerance, threshold: Double = 0.5
    ) throws(RegionError) -> Image<Bool> {
        let inside = insideRule(segment, threshold: threshold)
        return try values(of: segment, on: grid, tolerance: tolerance, background: false) { inside($0) ? true : nil }
    }

    /// The fractions of one segment on a grid, 0…1, axes z, y, x; 0 and 1 for segmentations that have none.
    ///
    /// - Throws: as ``mask(of:on:tolerance:threshold:)``.
    public func fraction(
        of segment: Int, on grid: SliceGrid? = nil, tolerance: Double = standardTolerance
    ) throws(RegionError) -> Image<Float> {
        if case .fractional(let maximum) = kind {
            let scale = Float(maximum)
            return try values(of: segment, on: grid, tolerance: tolerance, background: 0) {
                min(1, Float($0) / scale)
            }
        }
        let inside = insideRule(segment, threshold: 0.5)
        return try values(of: segment, on: grid, tolerance: tolerance, background: 0) { inside($0) ? 1 : nil }
    }
}

extension Segmentation {
    /// Which stored values are inside a segment.
    func insideRule(_ segment: Int, threshold: Double) -> @Sendable (UInt16) -> Bool {
        switch kind {
        case .binary: return { $0 != 0 }
        case .labelMap: return { Int($0) == segment }
        case .fractional(let maximum):
            let least = max(1, threshold * Double(maximum))
            return { Double($0) >= least }
        }
    }

    private func values<Value: ImageScalar>(
        of segment: Int, on grid: SliceGrid?, tolerance: Double, background: Value, _ value: (UInt16) -> Value?
    ) throws(RegionError) -> Image<Value> {
        guard segments.contains(where: { $0.number == segment }) else {
            throw .unknownRegion(file: name, number: segment)
        }
        let grid = grid ?? ownGrid()
        let placement = try placement(on: grid, tolerance: tolerance)
        try checkSize(of: grid, bytesPerVoxel: MemoryLayout<Value>.stride)
        var frame = [UInt16](repeating: 0, count: rows * columns)
        let selected = placement.framesBySegment[kind == .labelMap ? -1 : segment] ?? []
        let sizes = [grid.slices.count, grid.rows, grid.columns]
        return try Image(axes: [.z, .y, .x], sizes: sizes) { (voxels: inout MutableSpan<Value>) throws(RegionError) in
            for i in 0..<voxels.count { voxels[i] = background }
            for index in selected {
                try read(index, into: &frame)
                let window = FrameWindow(placement.targets[index], self, grid)
                for row in window.rows {
                    for column in window.columns {
                        if let new = value(frame[row * columns + column]) {
                            voxels[window.voxel(row, column)] = new
                        }
                    }
                }
            }
        }
    }

    func read(_ frame: Int, into values: inout [UInt16]) throws(RegionError) {
        do { try pixels.read(frame, into: &values) } catch { throw .file(error) }
    }

    func checkSize(of grid: SliceGrid, bytesPerVoxel: Int) throws(RegionError) {
        try grid.checkSize(bytesPerVoxel: bytesPerVoxel, limit: limits.bytes, file: name)
    }
}
