extension StackGeometry {
    /// Classifies parallel slices by their positions, which are then sorted along the normal.
    ///
    /// - Parameters:
    ///   - positions: Centers of the first pixels, LPS; any order, no two at one place along the normal.
    ///   - orientation: The orientation that the slices share.
    ///   - tolerance: What counts as regular.
    ///   - numbers: Instance numbers of the slices, which tell lost slices from a change of spacing where wider gaps follow
    ///     each other; the positions alone decide without them.
    /// - Complexity: O(n log n).
    public init(
        positions: [SIMD3<Double>], orientation: SliceOrientation, tolerance: StackTolerance = .standard,
        numbers: [Int]? = nil
    ) {
        let normal = orientation.normal
        let order = positions.indices.sorted { normal.dot(positions[$0]) < normal.dot(positions[$1]) }
        let sorted = order.map { positions[$0] }
        let numbers = numbers.flatMap { numbers in numbers.count == order.count ? order.map { numbers[$0] } : nil }
        let distances = sorted.map { normal.dot($0 - sorted[0]) }
        self.init(
            kind: .singleSlice, orientation: orientation, positionsMillimetres: sorted,
            distancesMillimetres: distances)
        guard sorted.count > 1, let span = distances.last else { return }
        guard let places = Self.places(of: distances, tolerance: tolerance, numbers: numbers), let steps = places.last
        else {
            kind = .irregular
            return
        }
        let step = (sorted[sorted.count - 1] - sorted[0]) / Double(steps)
        let spacing = span / Double(steps)
        let fit = Self.deviations(of: sorted, from: places, step: step, normal: normal)
        guard fit.across <= tolerance.inPlaneMillimetres, fit.along <= tolerance.limit(spacing) else {
            kind = .irregular
            return
        }
        let occupied = Set(places)
        let missing = (0...steps).filter { !occupied.contains($0) }
        // A drift that stays within the in-plane tolerance over the whole stack is rounding, not shear.
        let drift = step - normal * spacing
        if drift.length * Double(steps) > tolerance.inPlaneMillimetres {
            kind = .sheared(
                tiltDegrees: step.degrees(to: normal), spacing: spacing, maximumDeviation: fit.along, missing: missing)
        } else if missing.isEmpty {
            kind = .uniform(spacing: spacing, maximumDeviation: fit.along)
        } else {
            kind = .uniformWithGaps(spacing: spacing, maximumDeviation: fit.along, missing: missing)
        }
        stepMillimetres = step
    }

    /// The index of every slice in a regular grid, from 0; `nil` when the distances follow none.
    ///
    /// The unit is the mean of the gaps near the smallest. At least half of the gaps have to be one unit, and wider gaps
    /// must be loss rather than a change of spacing: see ``SpacingChange``. The grid has at most ``mostSteps(_:)``.
    static func places(of distances: [Double], tolerance: StackTolerance, numbers: [Int]? = nil) -> [Int]? {
        let places = unboundedPlaces(of: distances, tolerance: tolerance, numbers: numbers)
        return places.flatMap { places in places.last.map { $0 <= mostSteps(distances.count) } ?? false ? places : nil }
    }

    /// The most steps that a grid of slices may have: beyond them most of a volume would be made up.
    static func mostSteps(_ slices: Int) -> Int { 4 * slices }

    /// The indices however many places between the slices are empty.
    static func unboundedPlaces(of distances: [Double], tolerance: StackTolerance, numbers: [Int]? = nil) -> [Int]? {
        let gaps = zip(distances.dropFirst(), distances).map { $0 - $1 }
        let smallest = gaps.min() ?? 0
        guard let span = distances.last, smallest > 0 else { return nil }
        let regular = span / Double(gaps.count)
        let even = distances.indices.allSatisfy {
            abs(distances[$0] - Double($0) * regular) <= tolerance.limit(regular)
        }
        if even { return Array(distances.indices) }
        let unit = refinedUnit(gaps: gaps, smallest: smallest)
        let multiples = gaps.map { ($0 / unit).rounded() }
        guard let most = multiples.max(), most < 1e6, multiples.allSatisfy({ $0 >= 1 }),
            2 * multiples.count(where: { $0 == 1 }) >= multiples.count,
            !SpacingChange.exists(in: multiples.map { Int($0) }, numbers: numbers)
        else { return nil }
        var places = [0]
        for multiple in multiples { places.append(places[places.count - 1] + Int(multiple)) }
        return places
    }

    /// The mean of the gaps that are one unit by the smallest gap.
    private static func refinedUnit(gaps: [Double], smallest: Double) -> Double {
        let single = gaps.filter { $0 < 1.5 * smallest }
        return single.reduce(0, +) / Double(single.count)
    }

    /// How far slices are from where a step puts them, along the normal and across it.
    private static func deviations(
        of positions: [SIMD3<Double>], from places: [Int], step: SIMD3<Double>, normal: SIMD3<Double>
    ) -> (along: Double, across: Double) {
        var (along, across) = (0.0, 0.0)
        for (position, place) in zip(positions, places) {
            let rest = position - (positions[0] + step * Double(place))
            let height = normal.dot(rest)
            along = max(along, abs(height))
            across = max(across, (rest - normal * height).length)
        }
        return (along, across)
    }
}

extension StackTolerance {
    /// Largest distance of a slice from a regular place, for a step of a length: never more than a fifth of it.
    func limit(_ spacing: Double) -> Double { min(max(millimetres, relative * spacing), 0.2 * spacing) }
}
