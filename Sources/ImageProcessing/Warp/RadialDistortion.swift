/// The distortion of a lens: points move along the line through a center, by a polynomial of their distance from it.
///
/// With u = (x − cₓ)/fₓ, v = (y − c_y)/f_y and r² = u² + v², the point goes to (cₓ + fₓ·u·q, c_y + f_y·v·q), q = 1 + k₁r² + k₂r⁴: the radial
/// part of the Brown–Conrady model. z stays as it is.
public struct RadialDistortion: Sendable, Hashable, Codable {
    /// The point that does not move, in edge coordinates.
    public var center: SIMD2<Double>
    /// Pixels per unit of distance along x and y; above 0.
    public var focalLength: SIMD2<Double>
    /// The factor of the distance's square.
    public var k1: Double
    /// The factor of its fourth power.
    public var k2: Double

    /// A distortion by its parts.
    public init(center: SIMD2<Double>, focalLength: SIMD2<Double>, k1: Double, k2: Double = 0) {
        self.center = center
        self.focalLength = focalLength
        self.k1 = k1
        self.k2 = k2
    }

    /// Where a point goes.
    public func applied(to point: SIMD3<Double>) -> SIMD3<Double> {
        let place = SIMD2(point.x, point.y) - center
        let unit = place / focalLength
        let square = (unit * unit).sum()
        let moved = center + place * (1 + square * (k1 + square * k2))
        return SIMD3(moved.x, moved.y, point.z)
    }
}
