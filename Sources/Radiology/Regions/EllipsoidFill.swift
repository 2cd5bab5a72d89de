import Glibc
import ImageCore

/// Finds the voxels whose centers lie inside an ellipsoid.
struct EllipsoidFill {
    private let center: SIMD3<Double>
    /// Half axes divided by the square of their length: the coordinate along one is 1 at the surface.
    private let axes: [SIMD3<Double>]
    private let radius: Double

    /// An ellipsoid by the six ends of its axes, two after two; `nil` when an axis has no length.
    init?(ends: [SIMD3<Double>]) {
        guard ends.count == 6 else { return nil }
        center = ends.reduce(.zero, +) / 6
        let halves = [0, 2, 4].map { (ends[$0 + 1] - ends[$0]) / 2 }
        guard halves.allSatisfy({ $0.length > 0 && $0.length.isFinite }) else { return nil }
        axes = halves.map { $0 / $0.dot($0) }
        radius = halves.map(\.length).max() ?? 0
    }

    /// Marks the voxels of a slice.
    func mark(slice: Int, grid: SliceGrid, places: SliceGrid.Places, in mask: inout SliceMask) {
        guard places.away(slice, places.distance(center)) <= radius else { return }
        let middle = places.indices(of: center, slice: slice)
        let columns = Self.window(middle.x, radius / places.spacing.xMillimetres, grid.columns)
        let rows = Self.window(middle.y, radius / places.spacing.yMillimetres, grid.rows)
        for row in rows {
            let start = places.origins[slice] + places.orientation.y * (Double(row) * places.spacing.yMillimetres)
            for column in columns {
                let point = start + places.orientation.x * (Double(column) * places.spacing.xMillimetres) - center
                let squares = axes.reduce(0) { sum, axis in sum + point.dot(axis) * point.dot(axis) }
                if squares <= 1 { mask.set(row: row, column: column) }
            }
        }
    }

    private static func window(_ middle: Double, _ radius: Double, _ count: Int) -> Range<Int> {
        let low = Int(min(Double(count), max(0, (middle - radius).rounded(.down))))
        let high = Int(min(Double(count), max(0, (middle + radius).rounded(.up) + 1)))
        return low..<max(low, high)
    }
}
