public import ImageCore

extension SliceGrid {
    /// The affine of all slices together, exact for sheared ones; `nil` where the slices have no single step, or lack
    /// orientation, spacing or positions.
    ///
    /// A single slice is as thick as recorded, or 1 mm. Slices may be off their places by 1 % of a step, at least 0.01 mm.
    public var geometry: Geometry? {
        if let knownGeometry { return knownGeometry }
        let origins = slices.compactMap(\.originMillimetres)
        guard let orientation, let spacing, let first = origins.first, let last = origins.last,
            origins.count == slices.count
        else { return nil }
        var step = orientation.normal * (thicknessMillimetres.flatMap { $0 > 0 ? $0 : nil } ?? 1)
        if origins.count > 1 {
            step = (last - first) / Double(origins.count - 1)
            let limit = StackTolerance.standard.limit(step.length)
            let isRegular = origins.indices.allSatisfy { (first + step * Double($0) - origins[$0]).length <= limit }
            guard isRegular, step.length > 0 else { return nil }
        }
        return Geometry(
            spacingMillimetres: SIMD3(spacing.xMillimetres, spacing.yMillimetres, step.length),
            originMillimetres: first,
            direction: Direction(x: orientation.x, y: orientation.y, z: step / step.length),
            frameOfReference: frameOfReferenceUID)
    }

    /// The largest distance in millimetres between a slice and its place by ``nominalGeometry``; `nil` without one.
    public var largestDistanceFromNominal: Double? {
        guard let nominalGeometry else { return nil }
        return slices.indices.compactMap { z in
            slices[z].originMillimetres.map { ($0 - nominalGeometry.position(x: 0, y: 0, z: Double(z))).length }
        }.max()
    }
}
