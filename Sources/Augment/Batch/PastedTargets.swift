import ImageCore
import ImageProcessing

extension Sample {
    /// Takes away what pasted pixels hide: boxes shrink to what is still seen, points go.
    mutating func hide(_ paste: Paste) {
        boxes = boxes.compactMap { paste.visible($0, isVolume: images[0].isVolume) }
        points.removeAll { paste.contains($0, isVolume: images[0].isVolume) }
    }

    /// Adds boxes, points and polygons of a box of another sample, cut at its edge.
    ///
    /// - Parameters:
    ///   - box: The pixels of this sample that are taken.
    ///   - other: The sample whose boxes, points and polygons are looked at.
    ///   - shift: How far from its place here each pixel stands there.
    mutating func take(_ box: PixelBox, of other: Sample, shift: SIMD3<Int>) {
        let (move, isVolume) = (SIMD3<Double>(shift), images[0].isVolume)
        let lower = SIMD3<Double>(box.lower)
        let upper = lower + SIMD3<Double>(box.size)
        for var box in other.boxes {
            box.lower = pointwiseMax(box.lower - move, SIMD3(lower.x, lower.y, isVolume ? lower.z : box.lower.z))
            box.upper = pointwiseMin(box.upper - move, SIMD3(upper.x, upper.y, isVolume ? upper.z : box.upper.z))
            if box.lower.x < box.upper.x, box.lower.y < box.upper.y, !isVolume || box.lower.z < box.upper.z {
                boxes.append(box)
            }
        }
        points += other.points.map { $0 - move }.filter { point in
            point.x >= lower.x && point.x < upper.x && point.y >= lower.y && point.y < upper.y
                && (!isVolume || point.z >= lower.z && point.z < upper.z)
        }
        polygons += other.polygons.map { ring in ring.map { $0 - move } }
            .map { PolygonCut.part(of: $0, x: lower.x...upper.x, y: lower.y...upper.y) }.filter { $0.count > 2 }
    }
}

extension Paste {
    /// Whether a place lies on a pixel that is taken.
    func contains(_ point: SIMD3<Double>, isVolume: Bool) -> Bool {
        let z = isVolume ? point.z : 0
        guard point.x >= 0, point.y >= 0, z >= 0, point.x < Double(size.x), point.y < Double(size.y), z < Double(size.z)
        else { return false }
        return flags[(Int(z) * size.y + Int(point.y)) * size.x + Int(point.x)]
    }

    /// What is left of a box: the bounds of its pixels that are not taken; `nil` where nothing is.
    func visible(_ box: BoundingBox, isVolume: Bool) -> BoundingBox? {
        let first = SIMD3(box.lower.x.whole(.down), box.lower.y.whole(.down), isVolume ? box.lower.z.whole(.down) : 0)
        let last = SIMD3(box.upper.x.whole(.up), box.upper.y.whole(.up), isVolume ? box.upper.z.whole(.up) : 1)
        let region = PixelBox(lower: first, size: last &- first)
        var (lower, upper, hidden) = (SIMD3(repeating: Int.max), SIMD3(repeating: Int.min), 0)
        region.forEachPixel(in: size) { index in
            guard !flags[index] else { return hidden += 1 }
            let (row, x) = index.quotientAndRemainder(dividingBy: size.x)
            let place = SIMD3(x, row % size.y, row / size.y)
            lower = pointwiseMin(lower, place)
            upper = pointwiseMax(upper, place)
        }
        guard hidden > 0 else { return box }
        guard lower.x <= upper.x else { return nil }
        let (seen, end) = (SIMD3<Double>(lower), SIMD3<Double>(upper) + 1)
        var result = box
        result.lower = pointwiseMax(box.lower, SIMD3(seen.x, seen.y, isVolume ? seen.z : box.lower.z))
        result.upper = pointwiseMin(box.upper, SIMD3(end.x, end.y, isVolume ? end.z : box.upper.z))
        return result
    }
}

extension Double {
    fileprivate func whole(_ rule: FloatingPointRoundingRule) -> Int { rounded(rule).whole }
}

/// Cuts rings by edges along the axes (Sutherland and Hodgman 1974); z stays.
enum PolygonCut {
    /// What of a ring lies inside of a rectangle; parts that fall apart stay joined along its edge.
    static func part(
        of ring: [SIMD3<Double>], x: ClosedRange<Double>, y: ClosedRange<Double>
    ) -> [SIMD3<Double>] {
        var part = ring
        for (axis, limit, sign) in [
            (0, x.lowerBound, 1.0), (0, x.upperBound, -1), (1, y.lowerBound, 1), (1, y.upperBound, -1),
        ] {
            part = cut(part, axis, limit, sign)
        }
        return part
    }

    /// What of a ring lies outside of a rectangle: beside it, above and below.
    static func rest(
        of ring: [SIMD3<Double>], x: ClosedRange<Double>, y: ClosedRange<Double>
    ) -> [[SIMD3<Double>]] {
        let all = -Double.greatestFiniteMagnitude ... .greatestFiniteMagnitude
        let (left, right) = (all.lowerBound...x.lowerBound, x.upperBound...all.upperBound)
        let (above, below) = (all.lowerBound...y.lowerBound, y.upperBound...all.upperBound)
        return [(left, all), (right, all), (x, above), (x, below)].map { part(of: ring, x: $0.0, y: $0.1) }
            .filter { $0.count > 2 }
    }

    private static func cut(
        _ ring: [SIMD3<Double>], _ axis: Int, _ limit: Double, _ sign: Double
    ) -> [SIMD3<Double>] {
        guard var previous = ring.last, abs(limit) < .greatestFiniteMagnitude else { return ring }
        var result: [SIMD3<Double>] = []
        for point in ring {
            let (before, now) = (sign * (previous[axis] - limit), sign * (point[axis] - limit))
            if before * now < 0 { result.append(previous + (point - previous) * (before / (before - now))) }
            if now >= 0 { result.append(point) }
            previous = point
        }
        return result
    }
}
