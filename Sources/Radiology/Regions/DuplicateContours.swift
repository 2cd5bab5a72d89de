/// Finds contours that stand twice: the same cycle of points from any start, in either direction.
///
/// Contours are compared within a slice or plane only, and there only with those of as many points whose mean is the same.
struct DuplicateContours {
    /// How far a point may be from its like, in millimetres: copies are rounded again on their way through programs.
    static let tolerance = 0.01
    /// How many contours with the same mean, and how many starts within one, are tried at most: only made-up files have more.
    private static let mostTrials = 64

    private struct Entry {
        var index: Int
        var points: [SIMD3<Double>]
        var mean: SIMD3<Double>
    }

    /// Leaves out the contours that are copies of others.
    ///
    /// - Parameter contours: Points in millimetres.
    /// - Returns: The others as indices, in rising order.
    static func distinct(_ contours: [[SIMD3<Double>]]) -> [Int] {
        let sorted = contours.enumerated().map { index, points in
            Entry(index: index, points: points, mean: points.reduce(.zero, +) / Double(max(1, points.count)))
        }.sorted {
            ($0.points.count, $0.mean.x, $0.mean.y, $0.index) < ($1.points.count, $1.mean.x, $1.mean.y, $1.index)
        }
        var kept: [Int] = []
        for (place, entry) in sorted.enumerated() {
            // Copies of copies are copies, so that a row of them does not leave two that cancel.
            let before = sorted[max(0, place - mostTrials)..<place]
            if !before.contains(where: { isCopy(entry, of: $0) }) { kept.append(entry.index) }
        }
        return kept.sorted()
    }

    private static func isCopy(_ entry: Entry, of other: Entry) -> Bool {
        guard entry.points.count == other.points.count, isNear(entry.mean, other.mean),
            let anchor = entry.points.first
        else { return false }
        let starts = other.points.indices.lazy.filter { isNear(other.points[$0], anchor) }.prefix(mostTrials)
        return starts.contains { start in
            isSame(entry.points, other.points, from: start, step: 1)
                || isSame(entry.points, other.points, from: start, step: other.points.count - 1)
        }
    }

    private static func isSame(_ one: [SIMD3<Double>], _ other: [SIMD3<Double>], from start: Int, step: Int) -> Bool {
        var place = start
        for point in one {
            guard isNear(point, other[place]) else { return false }
            place = (place + step) % other.count
        }
        return true
    }

    private static func isNear(_ one: SIMD3<Double>, _ other: SIMD3<Double>) -> Bool {
        (one - other).length <= tolerance
    }
}
