public import ImageCore

/// A projective map of the plane (perspective): three rows of three numbers; z stays as it is.
///
/// (x, y) goes to ((x₀·x + x₁·y + x₂)/w, (y₀·x + y₁·y + y₂)/w) with w = w₀·x + w₁·y + w₂. Points with w ≤ 0 lie behind the viewer and go
/// nowhere: both coordinates are NaN.
public struct Homography: Sendable, Hashable, Codable {
    /// The numerator of the new x.
    public var x: SIMD3<Double>
    /// The numerator of the new y.
    public var y: SIMD3<Double>
    /// The denominator.
    public var w: SIMD3<Double>

    /// A map by its rows.
    @inlinable
    public init(x: SIMD3<Double>, y: SIMD3<Double>, w: SIMD3<Double>) {
        self.x = x
        self.y = y
        self.w = w
    }

    /// The map that moves nothing.
    public static let identity = Homography(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), w: SIMD3(0, 0, 1))

    /// The map that takes four points to four others.
    ///
    /// - Returns: `nil` unless there are four of each, of which no three lie on one line.
    public init?(from source: [Point], to target: [Point]) {
        guard source.count == 4, target.count == 4, let first = Homography(ofUnitSquare: source)?.inverse,
            let second = Homography(ofUnitSquare: target)
        else { return nil }
        self = second * first
        // Of the two signs that mean the same map, the one for which the points are before the viewer.
        let sides = source.map { (w * SIMD3($0.x, $0.y, 1)).sum() }
        if sides.allSatisfy({ $0 < 0 }) { self = Homography(x: -x, y: -y, w: -w) }
    }

    /// Where a point goes.
    @inlinable
    public func applied(to point: SIMD3<Double>) -> SIMD3<Double> {
        let place = SIMD3(point.x, point.y, 1)
        let denominator = (w * place).sum()
        guard denominator > 0 else { return SIMD3(.nan, .nan, point.z) }
        return SIMD3((x * place).sum() / denominator, (y * place).sum() / denominator, point.z)
    }

    /// The map that does the right one first, then the left one.
    public static func * (second: Homography, first: Homography) -> Homography {
        func row(_ row: SIMD3<Double>) -> SIMD3<Double> { first.x * row.x + first.y * row.y + first.w * row.z }
        return Homography(x: row(second.x), y: row(second.y), w: row(second.w))
    }

    /// The map that undoes this one, or `nil` for one that flattens the plane.
    ///
    /// Points that lie before the viewer come back to where they were.
    public var inverse: Homography? {
        let columns = (AffineMap.cross(y, w), AffineMap.cross(w, x), AffineMap.cross(x, y))
        let determinant = (x * columns.0).sum()
        // Divided by the determinant, not only up to a factor: the sign of w says what is visible.
        let scale = 1 / determinant
        guard scale.isFinite else { return nil }
        return Homography(
            x: SIMD3(columns.0.x, columns.1.x, columns.2.x) * scale,
            y: SIMD3(columns.0.y, columns.1.y, columns.2.y) * scale,
            w: SIMD3(columns.0.z, columns.1.z, columns.2.z) * scale)
    }

    /// Takes (0, 0), (1, 0), (1, 1), (0, 1) to four points (Heckbert, "Fundamentals of texture mapping", 1989, section 2.2.3).
    private init?(ofUnitSquare points: [Point]) {
        let p = points.map { SIMD2($0.x, $0.y) }
        let (d1, d2, sum) = (p[1] - p[2], p[3] - p[2], p[0] - p[1] + p[2] - p[3])
        let area = d1.x * d2.y - d2.x * d1.y
        let g = (sum.x * d2.y - d2.x * sum.y) / area
        let h = (d1.x * sum.y - sum.x * d1.y) / area
        let (a, b) = (p[1] - p[0] + g * p[1], p[3] - p[0] + h * p[3])
        guard g.isFinite, h.isFinite else { return nil }
        self.init(x: SIMD3(a.x, b.x, p[0].x), y: SIMD3(a.y, b.y, p[0].y), w: SIMD3(g, h, 1))
        guard inverse != nil else { return nil }
    }
}
