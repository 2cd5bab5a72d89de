import Glibc
public import ImageCore

/// The smoothest map of the plane that takes some points to others: that of least bending.
///
/// F. Bookstein, "Principal warps: thin-plate splines and the decomposition of deformations" (1989): an affine map and a sum of
/// r² log r about each point. What an affine map does to the points, the spline does everywhere.
public struct ThinPlateSpline: Sendable, Hashable {
    private let points: [SIMD2<Double>]
    /// One for each point, then those of 1, x and y.
    private let weights: [SIMD2<Double>]

    /// The spline that takes points to others.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` unless there are as many of both, at least three, finite, different and not on one
    ///   line.
    public init(from source: [Point], to target: [Point]) throws(ImageError) {
        guard source.count == target.count, source.count >= 3 else {
            throw .invalidArgument(
                "expected three or more points and as many targets, found \(source.count) and \(target.count)")
        }
        let points = source.map { SIMD2($0.x, $0.y) }
        guard (source + target).allSatisfy({ ($0.x + $0.y).isFinite }) else {
            throw .invalidArgument("expected finite points")
        }
        let count = points.count
        var rows = [[Double]](repeating: [Double](repeating: 0, count: count + 3), count: count + 3)
        for i in 0..<count {
            for j in 0..<count { rows[i][j] = Self.bending(points[i] - points[j]) }
            for (k, value) in [1, points[i].x, points[i].y].enumerated() {
                (rows[i][count + k], rows[count + k][i]) = (value, value)
            }
        }
        let wanted = target.map { SIMD2($0.x, $0.y) } + [.zero, .zero, .zero]
        guard let weights = Self.solution(rows, wanted) else {
            throw .invalidArgument("expected different points that are not on one line")
        }
        (self.points, self.weights) = (points, weights)
    }

    /// Where a point goes.
    public func applied(to point: Point) -> Point {
        let place = SIMD2(point.x, point.y)
        var sum = weights[points.count] + weights[points.count + 1] * point.x + weights[points.count + 2] * point.y
        for (i, center) in points.enumerated() { sum += weights[i] * Self.bending(place - center) }
        return Point(x: sum.x, y: sum.y)
    }

    /// r² log r, but for a factor that the weights take up.
    private static func bending(_ difference: SIMD2<Double>) -> Double {
        let squared = (difference * difference).sum()
        return squared > 0 ? squared * log(squared) : 0
    }

    /// The solution of linear equations (Gauss, with the largest pivot of each column).
    private static func solution(_ rows: [[Double]], _ wanted: [SIMD2<Double>]) -> [SIMD2<Double>]? {
        var (rows, wanted) = (rows, wanted)
        let count = rows.count
        let scale = rows.joined().map { abs($0) }.max() ?? 0
        for column in 0..<count {
            let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            guard abs(rows[pivot][column]) > 1e-13 * scale else { return nil }
            rows.swapAt(column, pivot)
            wanted.swapAt(column, pivot)
            for row in column + 1..<count {
                let factor = rows[row][column] / rows[column][column]
                guard factor != 0 else { continue }
                for k in column..<count { rows[row][k] -= factor * rows[column][k] }
                wanted[row] -= wanted[column] * factor
            }
        }
        for row in (0..<count).reversed() {
            for k in row + 1..<count { wanted[row] -= wanted[k] * rows[row][k] }
            wanted[row] /= rows[row][row]
        }
        return wanted
    }
}

extension DisplacementLattice {
    /// The displacements of a spline over a picture, every few pixels; a volume's slices all move alike.
    ///
    /// - Parameters:
    ///   - spline: Where each place in the result comes from.
    ///   - size: The size of the picture.
    ///   - step: The largest distance of the lattice's points, in pixels.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a step that is not above 0.
    public init(
        sampling spline: ThinPlateSpline, over size: SpatialSize, step: Double = 4
    ) throws(ImageError) {
        guard step > 0 else { throw .invalidArgument("expected a step above 0, found \(step)") }
        func count(_ length: Int) -> Int { 2 + Int(max(0, Double(length) / step).rounded(.down)) }
        let counts = SpatialSize(x: count(size.x), y: count(size.y), z: 1)
        let spacing = SIMD2(Double(size.x) / Double(counts.x - 1), Double(size.y) / Double(counts.y - 1))
        let displacements = (0..<counts.x * counts.y).map { index in
            let (j, i) = index.quotientAndRemainder(dividingBy: counts.x)
            let place = Point(x: Double(i) * spacing.x, y: Double(j) * spacing.y)
            let moved = spline.applied(to: place)
            return SIMD3<Float>(Float(moved.x - place.x), Float(moved.y - place.y), 0)
        }
        try self.init(covering: size, counts: counts, displacements: displacements)
    }
}
