import Formats

/// Paints outlined regions on a grid.
struct RegionPainting {
    let file: String
    let grid: SliceGrid
    let limits: DecodeLimits
    private(set) var defects: RegionDefects
    private let places: GridPlaces
    /// Crossings of contours and lines of voxels on one slice; each takes 8 bytes.
    private var mostCrossings: Int { limits.entries * 64 }
    private var painter: SpanPainter
    /// Asked before each region and slice.
    private let isCancelled: CancellationCheck

    /// - Throws: ``RegionError/tooLarge(file:voxels:limit:)``.
    init(
        _ grid: SliceGrid, file: String, limits: DecodeLimits, defects: [RegionDefect],
        isCancelled: @escaping CancellationCheck
    ) throws(RegionError) {
        try grid.checkSize(bytesPerVoxel: 2, limit: limits.bytes, file: file)
        self.file = file
        self.grid = grid
        self.limits = limits
        self.isCancelled = isCancelled
        self.defects = RegionDefects(defects)
        places = GridPlaces(grid)
        painter = SpanPainter(grid, byteLimit: limits.bytes)
    }

    /// Adds something to be told.
    mutating func add(_ defect: RegionDefect) { defects.add(defect) }

    /// Paints the contours of one region, and voxels that it has otherwise.
    mutating func paint(_ region: OutlinedRegion, with others: [Range<Int>] = []) throws(RegionError) {
        guard !region.contours.isEmpty || !others.isEmpty else {
            let isUnreadable = defects.all.contains { $0.kind == .invalidContour && $0.region == region.label }
            let found = isUnreadable ? "none of its contours can be read" : "there are no contours"
            defects.add(region.defect(.noContours, .warning, found))
            return
        }
        try checkCancelled()
        let isOfGrid = isOfGrid(region)
        let spans = (isOfGrid ? try spans(of: region) : []) + others
        if spans.isEmpty {
            if isOfGrid, region.contours.contains(where: \.isPainted) {
                defects.add(region.defect(.noVoxels, .warning, "no voxel's center lies inside"))
            }
            return
        }
        try painter.paint(region.label, spans, file: file)
    }

    private func checkCancelled() throws(RegionError) { if isCancelled() { throw .interrupted(file) } }

    /// Whether a region lies in the space of the grid, which is told where the frames of reference say otherwise.
    private mutating func isOfGrid(_ region: OutlinedRegion) -> Bool {
        guard let own = region.frameOfReferenceUID, let other = grid.frameOfReferenceUID, own != other,
            region.contours.contains(where: { $0.isPainted && $0.isOfPatient })
        else { return true }
        let spaces = "it lies in the frame of reference \(own), the series in \(other)"
        guard places.confirms(region) else {
            defects.add(region.defect(.frameOfReference, .error, "\(spaces); it is left out"))
            return false
        }
        defects.add(
            region.defect(
                .frameOfReference, .warning,
                "\(spaces); it is painted, for its contours lie on the images of the series that they refer to"))
        return true
    }

    private mutating func spans(of region: OutlinedRegion) throws(RegionError) -> [Range<Int>] {
        guard places.places != nil || !region.contours.contains(where: \.isOfPatient) else {
            throw .gridWithoutGeometry(file: file)
        }
        let placement = ContourPlacement(region, on: places, defects: &defects)
        let fill = ContourFill(grid: grid)
        var spans: [Range<Int>] = []
        for (slice, rings) in placement.rings.sorted(by: { $0.key < $1.key }) {
            try checkCancelled()
            let rings = rings.map(\.points)
            guard fill.crossings(of: rings) <= mostCrossings else {
                defects.add(region.defect(.tooLarge, .error, "slice \(slice + 1) has contours of too many sides"))
                continue
            }
            spans += fill.spans(of: rings, slice: slice, region.combination)
        }
        return spans + (try solidSpans(placement, region))
    }

    /// The voxels within oblique planes and ellipsoids.
    private mutating func solidSpans(
        _ placement: ContourPlacement, _ region: OutlinedRegion
    ) throws(RegionError) -> [Range<Int>] {
        guard let places = places.places, !placement.oblique.isEmpty || !placement.ellipsoids.isEmpty else { return [] }
        let ellipsoids = placement.ellipsoids.compactMap { EllipsoidFill(ends: $0) }
        var oblique: ObliqueFill?
        if !placement.oblique.isEmpty,
            let planes = ObliquePlanes(placement.oblique, of: region, places: places, defects: &defects)
        {
            let fill = ObliqueFill(planes, grid: grid, places: places)
            if fill.work <= Double(limits.pixels) {
                oblique = fill
            } else {
                defects.add(region.defect(.tooLarge, .error, "too many planes or sides at an angle to too many slices"))
            }
        }
        var mask = SliceMask(rows: grid.rows, columns: grid.columns)
        var spans: [Range<Int>] = []
        for slice in grid.slices.indices {
            try checkCancelled()
            oblique?.mark(slice: slice, in: &mask)
            for ellipsoid in ellipsoids { ellipsoid.mark(slice: slice, grid: grid, places: places, in: &mask) }
            spans += mask.takeSpans(from: slice * grid.rows * grid.columns)
        }
        return spans
    }

    /// The label maps, with what the labels mean.
    consuming func finish(_ regions: [RegionLabels.Region]) -> RegionLabels {
        RegionLabels(layers: painter.finish(), regions: regions, defects: defects.all)
    }
}
