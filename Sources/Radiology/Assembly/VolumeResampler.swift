public import Formats
import ImageCore

extension Volume {
    /// The volume on a regular, upright grid: equal distances along the normal, every slice at right angles to it.
    ///
    /// Linear interpolation between the two nearest slices, and within them where slices are shifted against each other
    /// (shear). The distance of slices is the smallest one found; whole numbers are rounded to nearest. The grid covers
    /// all slices. A voxel whose value needs a sample that no slice has, beyond the border of one, gets `fill`: it is never
    /// blended with what is there. A volume that has such a grid already is returned as it is.
    ///
    /// Slices that ``validity`` marks as put in are not used: what lies there is interpolated between the others of the same
    /// place along the axes before z (`fill` beyond the last), and stays marked. So is what lies where slices of the stack were lost.
    /// Slices whose samples are those of a slice, at the same places in it, keep its files as their sources.
    /// - Parameter fill: Value outside of the slices; `nil` is −1024 for Hounsfield units, otherwise 0.
    /// - Returns: The volume on the grid.
    /// - Throws: ``FormatError/Code-swift.struct/volumeRefused`` when a slice has no position, or the grid would be more than
    ///   16 times as large as the volume.
    public func resampledToUprightGrid(fill: Double? = nil) throws(FormatError) -> Volume {
        guard let geometry, let orientation = stackGeometry?.orientation, slices.count > 1 else { return self }
        let positions = slices.compactMap(\.positionMillimetres)
        guard positions.count == slices.count else { throw refused("a position for every slice", "slices without") }
        let grid = UprightGrid(
            positions, geometry: geometry, orientation: orientation, regularStep: stackGeometry?.spacingMillimetres)
        let present = presence
        if grid.isTrivial && isGridExact && !present.joined().contains(false) { return self }
        let size = GridSize(columns: image.width, rows: image.height, slices: slices.count)
        if let excess = grid.excess(over: size) { throw refused(excess.expected, excess.found) }
        var result = self
        result.image = image.accept(
            UprightResampling(
                grid: grid, fill: fill ?? VolumeOptions.background(unit), rank: axes.count, present: present))
        result.image.geometry = grid.geometry
        let kept = grid.keptSlices
        result.slices = kept.enumerated().map { z, slice in
            VolumeSlice(
                positionMillimetres: grid.geometry.position(x: 0, y: 0, z: Double(z)),
                sources: slice.map { slices[$0].sources } ?? present.map { _ in nil })
        }
        result.validity = validity(
            on: grid, present, gap: Self.widestStep(stackGeometry) / grid.geometry.spacingMillimetres.z)
        result.isGridExact = true
        result.reasons.direction = .orientation
        if grid.geometry.originMillimetres != geometry.originMillimetres { result.reasons.origin = .resampled }
        // Where slices were lost and all others keep their places, no other grid was made.
        guard kept.count(where: { $0 == nil }) == stackGeometry?.missing.count else {
            result.reasons.spacing = .resampled
            result.defects = defects.map(\.resampled)
            return result
        }
        if case .uniformWithGaps(_, let deviation, _) = stackGeometry?.kind {
            result.reasons.spacing = .positions(maximumDeviationMillimetres: deviation)
        }
        result.defects = defects.map(\.filled)
        return result
    }

    /// For every place along the axes before z, which slices come from files.
    private var presence: [[Bool]] {
        let depth = slices.count
        guard let valid = validity?.contiguous(), valid.samples.count.isMultiple(of: depth) else {
            let places = axes.reduce(1) { $0 * $1.count }
            return Array(repeating: Array(repeating: true, count: depth), count: places)
        }
        return (0..<valid.samples.count / depth).map { place in
            (0..<depth).map { valid.samples[place * depth + $0] }
        }
    }

    /// The distance of neighbors from which on slices were lost between them; without end where none were.
    private static func widestStep(_ stack: StackGeometry?) -> Double {
        guard let stack, !stack.missing.isEmpty, let step = stack.spacingMillimetres else { return .infinity }
        return 1.5 * step
    }

    /// Marks the slices of the grid of which a neighbor is missing: put in, or lost between two that are `gap` steps apart.
    private func validity(on grid: UprightGrid, _ present: [[Bool]], gap: Double) -> Image<Bool>? {
        let flags = present.flatMap { place in
            (0..<grid.count).map { z in
                let sides = grid.neighbors(z)
                let isLost = grid.places[sides.second] - grid.places[sides.first] > gap
                return place[sides.first] && place[sides.second] && !isLost
            }
        }
        guard flags.contains(false) else { return nil }
        let rank = axes.count
        return Image<Bool>(axes: Array(image.axes[...rank]), sizes: Array(image.sizes[..<rank]) + [grid.count]) {
            for i in 0..<$0.count { $0[i] = flags[i] }
        }
    }

    private func refused(_ expected: String, _ found: String) -> FormatError {
        FormatError(
            .volumeRefused, file: slices.first?.sources.first.flatMap { $0?.path } ?? "volume", expected: expected,
            found: found)
    }
}

/// The upright grid over slices, and where each slice lies in it.
struct UprightGrid: Sendable {
    let geometry: Geometry
    let count: Int
    let extraColumns: Int
    let extraRows: Int
    /// Place of every source slice along the grid's z, rising.
    let places: [Double]
    /// Column and row of the grid at which the first pixel of every source slice lies.
    let shifts: [SIMD2<Double>]
    /// Whether the slices form the grid already.
    let isTrivial: Bool

    init(
        _ positions: [SIMD3<Double>], geometry: Geometry, orientation: SliceOrientation, regularStep: Double? = nil
    ) {
        let (spacing, normal) = (geometry.spacingMillimetres, orientation.normal)
        let distances = positions.map { normal.dot($0 - positions[0]) }
        let gaps = zip(distances.dropFirst(), distances).map { $0 - $1 }
        let span = max(distances.last ?? 0, 0)
        let smallest = max(gaps.min() ?? 1, span / 1e6, 1e-6)
        let isRegular = regularStep.map { Self.isRegular(distances, step: $0) } ?? false
        // A whole number of steps over the span, each as long as the smallest gap or a little less.
        let steps = max(1, isRegular ? (span / (regularStep ?? 1)).rounded() : (span / smallest - 0.01).rounded(.up))
        let step = span / steps
        count = Int(steps) + 1
        places = distances.map { isRegular ? ($0 / step).rounded() : Self.snapped($0 / step) }
        let raw = positions.map { position in
            let offset = position - positions[0]
            return SIMD2(
                Self.snapped(orientation.x.dot(offset) / spacing.x), Self.snapped(orientation.y.dot(offset) / spacing.y)
            )
        }
        let isSheared = raw.contains { $0 != .zero }
        let low = raw.reduce(SIMD2.zero) { pointwiseMin($0, $1) }
        let high = raw.reduce(SIMD2.zero) { pointwiseMax($0, $1) }
        let start = low.rounded(.down)
        let extra = (high - start).rounded(.up)
        (extraColumns, extraRows) = (Int(extra.x), Int(extra.y))
        shifts = raw.map { $0 - start }
        let isEven = zip(places, places.indices).allSatisfy { $0 == Double($1) }
        isTrivial = !isSheared && isEven && count == positions.count
        self.geometry = Geometry(
            spacingMillimetres: SIMD3(spacing.x, spacing.y, step),
            originMillimetres: positions[0] + orientation.x * (start.x * spacing.x)
                + orientation.y * (start.y * spacing.y),
            direction: Direction(x: orientation.x, y: orientation.y, z: normal),
            frameOfReference: geometry.frameOfReference)
    }

    /// How many times as many slices as there are a grid has at most, and as many more columns and rows.
    private static let largestGrowth = 16

    /// What of the grid is too large for its slices: the limit, and what there is.
    func excess(over size: GridSize) -> (expected: String, found: String)? {
        let limits = [
            ("slices", Self.largestGrowth * size.slices, count),
            ("columns", (Self.largestGrowth + 1) * size.columns, size.columns + extraColumns),
            ("rows", (Self.largestGrowth + 1) * size.rows, size.rows + extraRows),
        ]
        guard let (name, limit, found) = limits.first(where: { $2 > $1 }) else { return nil }
        return (
            "a grid, by the smallest distance of slices, of at most \(limit) \(name) for a stack of "
                + "\(size.columns) x \(size.rows) x \(size.slices)", "\(found) \(name)"
        )
    }

    /// Whether slices lie at multiples of a step, as far as positions in headers are exact.
    private static func isRegular(_ distances: [Double], step: Double) -> Bool {
        distances.allSatisfy { abs($0 - ($0 / step).rounded() * step) <= StackTolerance.standard.limit(step) }
    }

    /// A place of the grid: positions in headers are rounded, so that a hundredth of a pixel or of a step is nothing.
    private static func snapped(_ place: Double) -> Double {
        let nearest = place.rounded()
        return abs(place - nearest) <= 0.01 ? nearest : place
    }

    /// The source slices on both sides of a slice of the grid, and the part of the second.
    func neighbors(_ z: Int) -> (first: Int, second: Int, weight: Double) {
        let place = Double(z)
        guard let above = places.firstIndex(where: { $0 >= place - 1e-9 }) else {
            return (places.count - 1, places.count - 1, 0)
        }
        guard above > 0, places[above] - place > 1e-9 else { return (above, above, 0) }
        return (above - 1, above, (place - places[above - 1]) / (places[above] - places[above - 1]))
    }

    /// For every slice of the grid the source slice whose samples it has, pixel by pixel; `nil` where it is interpolated or
    /// shifted.
    var keptSlices: [Int?] {
        let isShifted = extraColumns > 0 || extraRows > 0 || shifts.contains { $0 != .zero }
        return (0..<count).map { z in
            let sides = neighbors(z)
            return isShifted || sides.weight > 0 ? nil : sides.first
        }
    }

    /// The nearest slices on both sides that are there, and the part of the second; `nil` beyond the last of them.
    func neighbors(_ z: Int, among present: [Bool]) -> (first: Int, second: Int, weight: Double)? {
        let (first, second, weight) = neighbors(z)
        if present[first] && present[second] { return (first, second, weight) }
        guard let below = present[...first].lastIndex(of: true), let above = present[second...].firstIndex(of: true)
        else { return nil }
        return (below, above, (Double(z) - places[below]) / (places[above] - places[below]))
    }
}

extension SeriesDefect {
    /// The defect as it concerns the volume after resampling: what the new grid mended is a note.
    fileprivate var resampled: SeriesDefect {
        let mended: String
        switch kind {
        case .tilted: mended = "the slices are sheared"
        case .irregularSpacing, .missingSlices: mended = message
        default: return self
        }
        return SeriesDefect(kind, .note, "\(mended); the volume is resampled to a regular, upright grid", files: files)
    }

    /// The defect as it concerns a volume in which only the places of lost slices are interpolated.
    fileprivate var filled: SeriesDefect {
        guard kind == .missingSlices else { return self }
        return SeriesDefect(
            kind, .note, "\(message); interpolated there, all other slices are as they were", files: files)
    }
}

/// Columns, rows and slices of a stack.
struct GridSize {
    let columns: Int
    let rows: Int
    let slices: Int
}

extension DICOMStack {
    /// Whether parallel slices with positions have an upright grid that is not too large for them.
    var hasSensibleUprightGrid: Bool {
        let positions = geometry.positionsMillimetres.compactMap { $0 }
        guard let spacing, let orientation = geometry.orientation, positions.count == sliceCount, sliceCount > 1 else {
            return false
        }
        let grid = UprightGrid(
            positions, geometry: Geometry(spacingMillimetres: SIMD3(spacing.xMillimetres, spacing.yMillimetres, 1)),
            orientation: orientation, regularStep: geometry.spacingMillimetres)
        return grid.excess(over: GridSize(columns: pixels.columns, rows: pixels.rows, slices: sliceCount)) == nil
    }
}
