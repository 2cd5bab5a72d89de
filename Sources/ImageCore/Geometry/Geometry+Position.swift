extension Geometry {
    /// The place in space, in millimetres, of a pixel index; whole numbers are centers of pixels.
    public func position(x: Double, y: Double, z: Double = 0) -> SIMD3<Double> {
        let steps = spacingMillimetres * SIMD3(x, y, z)
        return originMillimetres + direction.x * steps.x + direction.y * steps.y + direction.z * steps.z
    }

    /// The pixel index, in fractions, of a place in space; `nil` where the directions or spacings span no space.
    public func index(at position: SIMD3<Double>) -> SIMD3<Double>? {
        let columns = (
            direction.x * spacingMillimetres.x, direction.y * spacingMillimetres.y, direction.z * spacingMillimetres.z
        )
        let offset = position - originMillimetres
        // Cramer's rule.
        let determinant = dot(columns.0, cross(columns.1, columns.2))
        guard determinant != 0, determinant.isFinite else { return nil }
        let x = dot(offset, cross(columns.1, columns.2))
        let y = dot(columns.0, cross(offset, columns.2))
        let z = dot(columns.0, cross(columns.1, offset))
        return SIMD3(x, y, z) / determinant
    }
}

private func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }

private func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
