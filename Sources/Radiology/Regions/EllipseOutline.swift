import Glibc

/// Ellipses as polygons.
enum EllipseOutline {
    /// How far a polygon's sides may be from the ellipse, in units of its coordinates.
    private static let tolerance = 1e-4

    /// Corners on an ellipse, dense enough that no side is farther than 10⁻⁴ from it (below 16,384 corners).
    ///
    /// - Parameters:
    ///   - center: The center.
    ///   - first: One half axis.
    ///   - second: The other one.
    /// - Returns: The corners, the first only once.
    static func points(center: SIMD3<Double>, _ first: SIMD3<Double>, _ second: SIMD3<Double>) -> [SIMD3<Double>] {
        let radius = max(first.length, second.length)
        // A side that spans the angle 2α stays r (1 - cos α), about r α² / 2, inside.
        let needed = Double.pi * (radius / (2 * tolerance)).squareRoot()
        let count = needed.isFinite ? Int(min(16384, max(64, needed.rounded(.up)))) : 64
        return (0..<count).map { i in
            let angle = Double(i) / Double(count) * 2 * .pi
            return center + first * cos(angle) + second * sin(angle)
        }
    }
}
