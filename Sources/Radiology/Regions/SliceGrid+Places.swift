extension SliceGrid {
    /// What places of one grid are computed from, once.
    struct Places: Sendable {
        let orientation: SliceOrientation
        let spacing: DICOMPixelSpacing
        let origins: [SIMD3<Double>]
        /// Slices with their distance from the zero point along the normal, the lowest first.
        let sorted: [(distance: Double, slice: Int)]
        /// Half of the usual distance between slices.
        let halfStep: Double

        /// The distance of a point along the normal.
        func distance(_ point: SIMD3<Double>) -> Double { point.dot(orientation.normal) }

        /// A point in a slice's pixels, whose centers are whole numbers; off the slice, where it projects to.
        func indices(of point: SIMD3<Double>, slice: Int) -> (x: Double, y: Double) {
            let away = point - origins[slice]
            return (away.dot(orientation.x) / spacing.xMillimetres, away.dot(orientation.y) / spacing.yMillimetres)
        }

        /// The slice nearest to a distance along the normal and how far it is; the lower one of two equally near.
        func nearest(to distance: Double) -> (slice: Int, away: Double) {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle].distance < distance { low = middle + 1 } else { high = middle }
            }
            let above = min(low, sorted.count - 1)
            let below = max(0, low - 1)
            let best =
                distance - sorted[below].distance <= abs(sorted[above].distance - distance) ? below : above
            return (sorted[best].slice, abs(sorted[best].distance - distance))
        }
    }

    /// The places, or `nil` when the grid is empty or lacks orientation, spacing or the origin of a slice.
    func places() -> Places? {
        let origins = slices.compactMap(\.originMillimetres)
        guard let orientation, let spacing, !slices.isEmpty, origins.count == slices.count else { return nil }
        let normal = orientation.normal
        let sorted = origins.indices.map { (distance: origins[$0].dot(normal), slice: $0) }
            .sorted { ($0.distance, $0.slice) < ($1.distance, $1.slice) }
        return Places(
            orientation: orientation, spacing: spacing, origins: origins, sorted: sorted,
            halfStep: (Self.usualStep(sorted.map(\.distance)) ?? thicknessMillimetres ?? 1) / 2)
    }

    /// The median of the distances between neighbors, so that a missing slice does not let its neighbors reach into it.
    private static func usualStep(_ distances: [Double]) -> Double? {
        let steps = zip(distances.dropFirst(), distances).map { $0 - $1 }.filter { $0 > 1e-4 }.sorted()
        return steps.isEmpty ? nil : steps[(steps.count - 1) / 2]
    }

    /// The slices of every SOP instance, by frame.
    func slicesByInstance() -> [String: [Int: [Int]]] {
        var found: [String: [Int: [Int]]] = [:]
        for (index, slice) in slices.enumerated() where !slice.sopInstanceUID.isEmpty {
            found[slice.sopInstanceUID, default: [:]][slice.frame, default: []].append(index)
        }
        return found
    }
}
