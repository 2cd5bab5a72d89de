import ImageCore
import ImageProcessing

/// Moves points and boxes from the source of a map to its result.
struct CoordinateMover {
    let map: SpatialMap
    let isVolume: Bool
    let sourceSize: SpatialSize

    /// The place of a point in the result; it may lie outside.
    ///
    /// Where the map has no inverse there, NaN.
    func point(_ source: SIMD3<Double>) -> SIMD3<Double> {
        let start = isVolume ? source : SIMD3(source.x, source.y, 0.5)
        guard var target = map.target(of: start) else { return SIMD3(repeating: .nan) }
        if !isVolume { target.z = source.z }
        return target
    }

    /// The box around what a box becomes, cut to the image; `nil` where nothing of it is left.
    ///
    /// Its edges are followed at nine places each, so that bent edges are inside.
    func box(_ source: BoundingBox) -> BoundingBox? {
        let steps = map.affine != nil ? 1 : 8
        var lower = SIMD3<Double>(repeating: .infinity)
        var upper = SIMD3<Double>(repeating: -.infinity)
        for place in Self.outline(source, steps: steps, isVolume: isVolume) {
            let moved = point(place)
            guard moved.x.isFinite, moved.y.isFinite else { continue }
            lower = pointwiseMin(lower, moved)
            upper = pointwiseMax(upper, moved)
        }
        let size = SIMD3(Double(map.outputSize.x), Double(map.outputSize.y), Double(map.outputSize.z))
        lower = pointwiseMax(lower, SIMD3(0, 0, isVolume ? 0 : lower.z))
        upper = pointwiseMin(upper, SIMD3(size.x, size.y, isVolume ? size.z : upper.z))
        guard lower.x < upper.x, lower.y < upper.y, !isVolume || lower.z < upper.z else { return nil }
        return BoundingBox(lower: lower, upper: upper, label: source.label)
    }

    /// Places on the surface of a box, its corners among them.
    private static func outline(_ box: BoundingBox, steps: Int, isVolume: Bool) -> [SIMD3<Double>] {
        let extent = box.upper - box.lower
        var places: [SIMD3<Double>] = []
        for k in 0...(isVolume ? steps : 1) {
            for j in 0...steps {
                for i in 0...steps {
                    let onSurface =
                        i == 0 || i == steps || j == 0 || j == steps || isVolume && (k == 0 || k == steps)
                    guard onSurface else { continue }
                    let part = SIMD3(
                        Double(i) / Double(steps), Double(j) / Double(steps),
                        Double(k) / Double(isVolume ? steps : 1))
                    places.append(box.lower + extent * part)
                }
            }
        }
        return places
    }
}
