import ImageProcessing

/// Geometry that waits, joined into one map, and how the source is read by it.
///
/// What follows directly sees through turns, bends and scales before it: four rotations that sum to zero are the identity. A
/// crop is final, and so is the grid on which pixels were calculated: a step that reaches beyond finds its border there.
struct WaitingGeometry: Sendable {
    private(set) var map: SpatialMap?
    private(set) var sampling = Sampling.exact
    /// Whether the joined map never reads beyond the source, so that its border does not matter.
    private var staysInside = true
    /// Whether a wider step would bring back what was left out for good, by a crop or because pixels were calculated on the grid.
    private var endsAtEdges = false
    /// Whether it shows all of the source, pixel on pixel.
    private var isWhole = true

    /// Whether another step can be joined: both read in the same way, or what differs does not matter.
    func joins(
        _ next: SpatialMap, _ reading: Sampling, from size: SpatialSize, _ readsAlike: (Sampling, Sampling) -> Bool,
        interpolates: Bool
    ) -> Bool {
        if map == nil || sampling.isExact || reading.isExact || readsAlike(sampling, reading) { return true }
        let isFiltered = !interpolates || sampling.interpolation == reading.interpolation
        return isFiltered && (staysInside || next.staysInside(size))
    }

    /// Joins another step.
    ///
    /// - Parameters:
    ///   - next: Its map.
    ///   - reading: How it reads.
    ///   - size: The size of what it reads.
    ///   - isOnGrid: Whether its pixels were calculated on that grid already, although this geometry still waits.
    mutating func join(_ next: SpatialMap, _ reading: Sampling, from size: SpatialSize, isOnGrid: Bool = false) {
        let isInside = reading.isExact || next.staysInside(size)
        if let waiting = map {
            endsAtEdges = endsAtEdges || isOnGrid && !isWhole
            if !isInside, endsAtEdges {
                let window = SpatialWindow(size: size, border: reading.border)
                map = waiting.composed(with: SpatialMap(outputSize: size, stages: [.window(window)]))
                endsAtEdges = false
            }
            map = map?.composed(with: next)
        } else {
            map = next
        }
        // A step that stays inside takes the border of one that does not.
        if !reading.isExact, sampling.isExact || !isInside { sampling = reading }
        staysInside = staysInside && isInside
        endsAtEdges = endsAtEdges || reading.isCrop
        isWhole = isWhole && reading.isExact && !reading.isCrop
    }

    /// Nothing waits any more.
    mutating func clear() { self = WaitingGeometry() }
}

extension SpatialMap {
    /// Whether all places of the result lie inside an image of a size; `false` where that is not seen at once.
    fileprivate func staysInside(_ size: SpatialSize) -> Bool {
        guard let affine else { return false }
        let (far, end) = (SIMD3(outputSize), SIMD3(size))
        return (0..<8).allSatisfy { corner in
            let place = affine.applied(
                to: SIMD3(corner & 1 == 0 ? 0 : far.x, corner & 2 == 0 ? 0 : far.y, corner & 4 == 0 ? 0 : far.z))
            return (0..<3).allSatisfy { place[$0] >= -1e-6 && place[$0] <= end[$0] + 1e-6 }
        }
    }
}

extension SIMD3<Double> {
    fileprivate init(_ size: SpatialSize) { self.init(Double(size.x), Double(size.y), Double(size.z)) }
}
