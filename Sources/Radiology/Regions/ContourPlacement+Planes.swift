import ImageCore

extension ContourPlacement {
    /// Planes nearer to each other than this part of half a step are one.
    private static let samePlane = 0.05

    /// Where contours lie in several planes within one slice, those of the nearest plane stand for it: others would cancel them.
    mutating func keepNearestPlanes(_ defects: inout RegionDefects) {
        guard let places = grid.places else { return }
        for (slice, all) in rings.sorted(by: { $0.key < $1.key }) {
            let away = all.map { $0.distance.map { places.away(slice, $0) } ?? 0 }
            let limit = (away.min() ?? 0) + Self.samePlane * places.halfStep
            let nearest = zip(all, away).min { $0.1 < $1.1 }?.0.distance
            let kept = zip(all, away).filter { ring, away in
                guard away <= limit else { return false }
                guard let distance = ring.distance, let nearest else { return true }
                // Two planes may be as far from the slice on either side.
                return abs(distance - nearest) <= Self.samePlane * places.halfStep
            }.map(\.0)
            guard kept.count < all.count else { continue }
            rings[slice] = kept
            defects.add(
                region.defect(
                    .secondPlane, .warning,
                    "slice \(slice + 1) has contours in several planes; those nearest to it are painted"))
        }
    }

    /// Takes a contour that stands twice on a slice once: two would cancel.
    mutating func dropDuplicates(_ defects: inout RegionDefects) {
        guard region.combination == .exclusive else { return }
        let (width, height) = (grid.grid.spacing?.xMillimetres ?? 1, grid.grid.spacing?.yMillimetres ?? 1)
        for (slice, all) in rings.sorted(by: { $0.key < $1.key }) where all.count > 1 {
            let kept = DuplicateContours.distinct(
                all.map { ring in ring.points.map { SIMD3($0.x * width, $0.y * height, 0) } })
            guard kept.count < all.count else { continue }
            rings[slice] = kept.map { all[$0] }
            defects.add(
                region.defect(
                    .duplicateContour, .warning, "slice \(slice + 1) has the same contour several times; it counts once"
                ))
        }
    }

    /// Tells of slices between others that have no contour.
    func tellGaps(_ defects: inout RegionDefects) {
        guard let first = rings.keys.min(), let last = rings.keys.max() else { return }
        let skipped = last - first + 1 - rings.count
        guard skipped > 0 else { return }
        defects.add(
            region.defect(
                .skippedSlices, .note,
                "\(skipped) of the slices \(first + 1) to \(last + 1) have no contour; they are left empty"))
    }
}
