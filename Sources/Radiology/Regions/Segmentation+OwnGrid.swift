import Formats

extension Segmentation {
    /// The segmentation's own grid: a slice for every place that frames lie at, in rising order along the normal.
    ///
    /// Where all places are whole steps apart (of the recorded spacing between slices, or of the smallest distance), the
    /// steps that have no frame are slices, too: frames that the file leaves out are empty. Tiles of a slide make one
    /// slice per plane of focus. Without positions every distinct source image is a slice, in order of appearance.
    public func ownGrid() -> SliceGrid {
        if let matrix { return matrixGrid(matrix) }
        let first = frames.first
        let orientation = first?.orientation
        var grid = SliceGrid(
            rows: rows, columns: columns, orientation: orientation, spacing: spacing, slices: [],
            frameOfReferenceUID: frameOfReferenceUID, thicknessMillimetres: sliceThicknessMillimetres)
        if let orientation, frames.allSatisfy({ $0.positionMillimetres != nil }) {
            grid.slices = positionedSlices(along: orientation.normal)
        } else {
            grid.slices = sourceSlices()
        }
        return grid
    }

    private func positionedSlices(along normal: SIMD3<Double>) -> [SliceGrid.Slice] {
        let sorted = Dictionary(
            frames.enumerated().compactMap { index, frame in frame.positionMillimetres.map { ($0, index) } },
            uniquingKeysWith: { first, _ in first }
        )
        .map { (place: $0.key, distance: $0.key.dot(normal), frame: $0.value) }
        .sorted { ($0.distance, $0.frame) < ($1.distance, $1.frame) }
        var kept: [(place: SIMD3<Double>, distance: Double, frame: Int)] = []
        for entry in sorted {
            if let last = kept.last, (last.place - entry.place).length <= Self.samePlace { continue }
            kept.append(entry)
        }
        let slices = kept.map { entry in
            let source = frames[entry.frame].sources.count == 1 ? sources[frames[entry.frame].sources.lowerBound] : nil
            return SliceGrid.Slice(
                originMillimetres: entry.place, sopInstanceUID: source?.sopInstanceUID ?? "",
                frame: source?.frame ?? 0)
        }
        return filled(slices, distances: kept.map(\.distance))
    }

    /// Places nearer than this in millimetres are the same.
    private static let samePlace = 1e-3

    /// Adds the slices of a regular grid that have no frame.
    private func filled(_ slices: [SliceGrid.Slice], distances: [Double]) -> [SliceGrid.Slice] {
        let steps = zip(distances.dropFirst(), distances).map { $0 - $1 }
        guard let smallest = steps.min(), smallest > Self.samePlace else { return slices }
        let recorded = spacingBetweenSlicesMillimetres.map(abs) ?? 0
        let candidates = recorded > Self.samePlace ? [recorded, smallest] : [smallest]
        guard let step = candidates.first(where: { step in steps.allSatisfy { Self.isMultiple($0, of: step) } }) else {
            return slices
        }
        let counts = steps.map { Int(($0 / step).rounded()) }
        guard counts.reduce(1, +) <= limits.entries else { return slices }
        var result = Array(slices.prefix(1))
        for (index, count) in counts.enumerated() {
            guard let from = slices[index].originMillimetres, let to = slices[index + 1].originMillimetres else {
                continue
            }
            for missing in 1..<max(1, count) {
                let part = Double(missing) / Double(count)
                result.append(SliceGrid.Slice(originMillimetres: from + (to - from) * part))
            }
            result.append(slices[index + 1])
        }
        return result
    }

    private static func isMultiple(_ distance: Double, of step: Double) -> Bool {
        let count = (distance / step).rounded()
        return count >= 1 && count < 1e6 && abs(distance - count * step) <= max(0.01 * step, 0.01)
    }

    private func sourceSlices() -> [SliceGrid.Slice] {
        var seen: Set<SegmentationSource> = []
        let ordered = frames.compactMap { $0.sources.first.map { sources[$0] } }.filter { seen.insert($0).inserted }
        let slices = ordered.map {
            SliceGrid.Slice(originMillimetres: nil, sopInstanceUID: $0.sopInstanceUID, frame: $0.frame ?? 0)
        }
        return slices.isEmpty ? [SliceGrid.Slice(originMillimetres: frames.first?.positionMillimetres)] : slices
    }

    private func matrixGrid(_ matrix: TotalPixelMatrix) -> SliceGrid {
        let orientation = frames.first?.orientation
        let planes = matrixPlanes()
        let slices = planes.map { place in
            SliceGrid.Slice(originMillimetres: place, sopInstanceUID: "", frame: 0)
        }
        return SliceGrid(
            rows: matrix.rows, columns: matrix.columns, orientation: orientation, spacing: spacing, slices: slices,
            frameOfReferenceUID: frameOfReferenceUID, thicknessMillimetres: sliceThicknessMillimetres)
    }

    /// The first pixel of the matrix in every plane of focus, by rising z.
    func matrixPlanes() -> [SIMD3<Double>?] {
        let places = frames.compactMap { matrixOrigin(of: $0) }
        guard places.count == frames.count, !places.isEmpty else { return [nil] }
        var planes: [SIMD3<Double>] = []
        for place in places.sorted(by: { $0.z < $1.z })
        where planes.last.map({ abs($0.z - place.z) > Self.samePlane }) ?? true { planes.append(place) }
        return planes
    }

    /// Planes of focus nearer than this in millimetres are the same.
    static let samePlane = 1e-6

    /// Where the first pixel of the matrix is when a tile is where it says.
    func matrixOrigin(of frame: SegmentationFrame) -> SIMD3<Double>? {
        guard let spacing, let orientation = frame.orientation, let place = frame.positionMillimetres else {
            return nil
        }
        return place - orientation.x * (Double(frame.matrixColumn) * spacing.xMillimetres)
            - orientation.y * (Double(frame.matrixRow) * spacing.yMillimetres)
    }
}
