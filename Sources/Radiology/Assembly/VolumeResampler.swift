public import Formats
import ImageCore

extension Volume {
    /// The volume on a regular, upright grid: equal distances along the normal, every slice at right angles to it.
    ///
    /// Linear interpolation between the two nearest slices, and within them where slices are shifted against each other
    /// (shear). The distance of slices is the smallest one found; whole numbers are rounded to nearest. The grid covers
    /// all slices; samples outside of them get `fill`. A volume that has such a grid already is returned as it is.
    /// - Parameter fill: Value outside of the slices; `nil` is −1024 for Hounsfield units, otherwise 0.
    /// - Returns: The volume on the grid.
    /// - Throws: ``FormatError/Code-swift.struct/volumeRefused`` when a slice has no position, or the grid would be more than
    ///   16 times as large as the volume.
    public func resampledToUprightGrid(fill: Double? = nil) throws(FormatError) -> Volume {
        guard let geometry, let orientation = stackGeometry?.orientation, slices.count > 1 else { return self }
        let positions = slices.compactMap(\.positionMillimetres)
        guard positions.count == slices.count else { throw refused("a position for every slice", "slices without") }
        let grid = UprightGrid(positions, geometry: geometry, orientation: orientation)
        if grid.isTrivial && isGridExact { return self }
        guard grid.count <= 16 * slices.count, grid.extraColumns <= 16 * image.width,
            grid.extraRows <= 16 * image.height
        else { throw refused("a grid of a sensible size", "\(grid.count) slices") }
        var result = self
        result.image = image.accept(
            UprightResampling(grid: grid, fill: fill ?? VolumeOptions.background(unit), rank: axes.count))
        result.image.geometry = grid.geometry
        result.slices = (0..<grid.count).map {
            VolumeSlice(positionMillimetres: grid.geometry.position(x: 0, y: 0, z: Double($0)), sources: [])
        }
        result.validity = nil
        result.isGridExact = true
        result.reasons.spacing = .resampled
        result.reasons.direction = .orientation
        return result
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

    init(_ positions: [SIMD3<Double>], geometry: Geometry, orientation: SliceOrientation) {
        let (spacing, normal) = (geometry.spacingMillimetres, orientation.normal)
        let distances = positions.map { normal.dot($0 - positions[0]) }
        let gaps = zip(distances.dropFirst(), distances).map { $0 - $1 }
        let span = max(distances.last ?? 0, 0)
        let smallest = max(gaps.min() ?? 1, span / 1e6, 1e-6)
        // A whole number of steps over the span, each as long as the smallest gap or a little less.
        let steps = max(1, (span / smallest - 0.01).rounded(.up))
        let step = span / steps
        count = Int(steps) + 1
        places = distances.map { $0 / step }
        let raw = positions.map { position in
            let offset = position - positions[0]
            return SIMD2(orientation.x.dot(offset) / spacing.x, orientation.y.dot(offset) / spacing.y)
        }
        // Positions in headers are rounded: a hundredth of a pixel is no shift.
        let isSheared = raw.contains { abs($0.x) > 0.01 || abs($0.y) > 0.01 }
        let low = isSheared ? raw.reduce(SIMD2.zero) { pointwiseMin($0, $1) } : .zero
        let high = isSheared ? raw.reduce(SIMD2.zero) { pointwiseMax($0, $1) } : .zero
        let start = low.rounded(.down)
        let extra = (high - start).rounded(.up)
        (extraColumns, extraRows) = (Int(extra.x), Int(extra.y))
        shifts = raw.map { isSheared ? $0 - start : .zero }
        let isEven = zip(places, places.indices).allSatisfy { abs($0 - Double($1)) < 0.01 }
        isTrivial = !isSheared && isEven && count == positions.count
        self.geometry = Geometry(
            spacingMillimetres: SIMD3(spacing.x, spacing.y, step),
            originMillimetres: positions[0] + orientation.x * (start.x * spacing.x)
                + orientation.y * (start.y * spacing.y),
            direction: Direction(x: orientation.x, y: orientation.y, z: normal),
            frameOfReference: geometry.frameOfReference)
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
}
