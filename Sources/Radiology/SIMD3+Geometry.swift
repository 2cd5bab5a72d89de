import Glibc

extension SIMD3 where Scalar == Double {
    /// The sum of the products of the elements.
    func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

    /// The vector product, right-handed.
    func cross(_ other: Self) -> Self {
        Self(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// The Euclidean length.
    var length: Double { dot(self).squareRoot() }

    /// The angle between two vectors in degrees, 0 to 180; exact for small angles, too.
    func degrees(to other: Self) -> Double { atan2(cross(other).length, dot(other)) * 180 / .pi }
}
