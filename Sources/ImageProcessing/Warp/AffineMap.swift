/// An affine map of points in space: three rows of four numbers, the last one the shift.
///
/// Coordinates are those of edges: pixel (i, j, k) covers [i, i+1) × [j, j+1) × [k, k+1) and its center is
/// (i + ½, j + ½, k + ½). For pictures the z row stays that of the identity.
public struct AffineMap: Sendable, Hashable, Codable {
    /// What makes the new x: the factors of x, y and z, and the shift.
    public var x: SIMD4<Double>
    /// What makes the new y.
    public var y: SIMD4<Double>
    /// What makes the new z.
    public var z: SIMD4<Double>

    /// A map by its rows.
    @inlinable
    public init(x: SIMD4<Double>, y: SIMD4<Double>, z: SIMD4<Double> = SIMD4(0, 0, 1, 0)) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The map that moves nothing.
    public static let identity = AffineMap(x: SIMD4(1, 0, 0, 0), y: SIMD4(0, 1, 0, 0))

    /// Where a point goes.
    @inlinable
    public func applied(to point: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(Self.dot(x, point) + x.w, Self.dot(y, point) + y.w, Self.dot(z, point) + z.w)
    }

    /// The map that does the right one first, then the left one.
    public static func * (second: AffineMap, first: AffineMap) -> AffineMap {
        AffineMap(x: first.pulled(second.x), y: first.pulled(second.y), z: first.pulled(second.z))
    }

    /// The volume that a unit of volume becomes; negative for a map that mirrors.
    public var determinant: Double { (column(0) * Self.cross(column(1), column(2))).sum() }

    /// The map that undoes this one, or `nil` for one that flattens space.
    public var inverse: AffineMap? {
        let scale = 1 / determinant
        guard scale.isFinite else { return nil }
        let rows = (
            Self.cross(column(1), column(2)), Self.cross(column(2), column(0)), Self.cross(column(0), column(1))
        )
        let shift = column(3)
        func row(_ factors: SIMD3<Double>) -> SIMD4<Double> {
            let factors = factors * scale
            return SIMD4(factors, -Self.dot(SIMD4(factors, 0), shift))
        }
        let result = AffineMap(x: row(rows.0), y: row(rows.1), z: row(rows.2))
        return result.isFinite ? result : nil
    }

    /// Whether no number of the map is infinite or NaN.
    public var isFinite: Bool { (x + y + z).sum().isFinite }

    /// Where the unit vector along an axis goes, for 0 to 2; the shift, for 3.
    public func column(_ i: Int) -> SIMD3<Double> { SIMD3(x[i], y[i], z[i]) }

    @inlinable
    static func dot(_ row: SIMD4<Double>, _ point: SIMD3<Double>) -> Double {
        row.x * point.x + row.y * point.y + row.z * point.z
    }

    private func pulled(_ row: SIMD4<Double>) -> SIMD4<Double> {
        var result = x * row.x + y * row.y + z * row.z
        result.w += row.w
        return result
    }

    static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
}
