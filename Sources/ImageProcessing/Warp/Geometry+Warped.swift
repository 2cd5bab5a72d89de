import ImageCore

extension Geometry {
    /// The geometry of a result whose pixels come from here by a map.
    ///
    /// Exact for an affine map that keeps the axes at right angles. Otherwise spacing and direction are kept, and the center of the result lies
    /// where the map takes it from; where it comes from nowhere, everything stays as it is.
    func warped(by map: SpatialMap) -> Geometry {
        let map = map.withoutWindows
        if let affine = map.affine, let exact = warped(by: affine) { return exact }
        let center = map.outputSize.center
        let source = map.source(of: center)
        guard source.sum().isFinite else { return self }
        var result = self
        result.originMillimetres = place(source - 0.5) - vector(center - 0.5)
        return result
    }

    private func warped(by map: AffineMap) -> Geometry? {
        let columns = (vector(map.column(0)), vector(map.column(1)), vector(map.column(2)))
        let lengths = SIMD3(
            (columns.0 * columns.0).sum(), (columns.1 * columns.1).sum(), (columns.2 * columns.2).sum()
        ).squareRoot()
        guard lengths.min() > 0, lengths.sum().isFinite else { return nil }
        let units = (columns.0 / lengths.x, columns.1 / lengths.y, columns.2 / lengths.z)
        let angles = SIMD3((units.0 * units.1).sum(), (units.1 * units.2).sum(), (units.0 * units.2).sum())
        guard max(abs(angles.x), abs(angles.y), abs(angles.z)) < 1e-6 else { return nil }
        var result = self
        result.spacingMillimetres = lengths
        result.direction = Direction(x: units.0, y: units.1, z: units.2)
        result.originMillimetres = place(map.applied(to: SIMD3(repeating: 0.5)) - 0.5)
        return result
    }

    private func vector(_ index: SIMD3<Double>) -> SIMD3<Double> {
        let step = index * spacingMillimetres
        return direction.x * step.x + direction.y * step.y + direction.z * step.z
    }

    private func place(_ index: SIMD3<Double>) -> SIMD3<Double> { originMillimetres + vector(index) }
}
