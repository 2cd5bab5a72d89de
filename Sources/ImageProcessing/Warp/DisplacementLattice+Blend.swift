extension DisplacementLattice {
    /// The displacement at a place as a uniform cubic B-spline of the lattice (smooth; the points themselves need not be met).
    public func cubicDisplacement(at point: SIMD3<Double>) -> SIMD3<Double> {
        displacement(at: point, reach: 1, taps: 4) { t in
            let (s, t2, t3) = (1 - t, t * t, t * t * t)
            return SIMD4(s * s * s, 3 * t3 - 6 * t2 + 4, -3 * t3 + 3 * t2 + 3 * t + 1, t3) / 6
        }
    }

    /// The displacement at a place, linear between neighboring points.
    public func linearDisplacement(at point: SIMD3<Double>) -> SIMD3<Double> {
        displacement(at: point, reach: 0, taps: 2) { t in SIMD4(1 - t, t, 0, 0) }
    }

    private func displacement(
        at point: SIMD3<Double>, reach: Int, taps: Int, weights: (Double) -> SIMD4<Double>
    ) -> SIMD3<Double> {
        guard point.sum().isFinite else { return SIMD3(repeating: .nan) }
        var (first, factors) = (SIMD3<Int>.zero, [SIMD4<Double>]())
        for axis in 0..<3 {
            // Two cells beyond the border all taps are the border: places farther out are no different.
            let place = min(max((point[axis] - origin[axis]) / spacing[axis], -2), Double(counts[axis]) + 1)
            first[axis] = Int(place.rounded(.down)) - reach
            factors.append(weights(place - place.rounded(.down)))
        }
        func clamped(_ i: Int, _ axis: Int) -> Int { min(max(first[axis] + i, 0), counts[axis] - 1) }
        var sum = SIMD3<Double>.zero
        for k in 0..<taps {
            for j in 0..<taps {
                let row = (clamped(k, 2) * counts.y + clamped(j, 1)) * counts.x
                for i in 0..<taps {
                    let weight = factors[0][i] * factors[1][j] * factors[2][k]
                    sum += SIMD3<Double>(displacements[row + clamped(i, 0)]) * weight
                }
            }
        }
        return sum
    }
}
