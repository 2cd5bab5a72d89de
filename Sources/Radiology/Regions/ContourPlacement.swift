import ImageCore

/// Finds the slice of every contour of one region, and turns it into the slice's pixels.
struct ContourPlacement {
    /// A ring on a slice, in pixels: the top-left corner of the first pixel is (0, 0).
    struct PlacedRing {
        var points: [Point]
        /// Its distance from the zero point along the normal; `nil` where it is on its slice by reference.
        var distance: Double?
    }

    /// The rings of every slice.
    var rings: [Int: [PlacedRing]] = [:]
    /// Contours whose planes are not parallel to the slices.
    private(set) var oblique: [[SIMD3<Double>]] = []
    /// Ellipsoids by the six ends of their axes.
    private(set) var ellipsoids: [[SIMD3<Double>]] = []
    let region: OutlinedRegion
    let grid: GridPlaces
    /// Points farther than this many pixels from the first are no points of an image.
    private static let farthest = Double(1 << 26)

    init(_ region: OutlinedRegion, on grid: GridPlaces, defects: inout RegionDefects) {
        self.region = region
        self.grid = grid
        let isOblique = isOblique()
        var notFilled: [String: Int] = [:]
        for (index, contour) in region.contours.enumerated() {
            switch (contour.kind, contour.place) {
            case (.closed, _) where contour.count < 3:
                defects.add(
                    region.defect(
                        .tooFewPoints, .warning,
                        "contour \(index + 1) has \(counted(contour.count, "point")): nothing is enclosed"))
            case (.closed, .image(let points)): place(points, contour, index, &defects)
            case (.closed, .patient(let points)):
                if isOblique { oblique.append(points) } else { place(points, contour, index, &defects) }
            case (.ellipsoid, .patient(let points)) where points.count == 6: ellipsoids.append(points)
            default: notFilled[contour.type, default: 0] += 1
            }
        }
        for (type, count) in notFilled.sorted(by: { $0.key < $1.key }) {
            defects.add(
                region.defect(.notFilled, .note, "\(count) of type \(type) enclose nothing and are not painted"))
        }
        keepNearestPlanes(&defects)
        dropDuplicates(&defects)
        tellGaps(&defects)
    }

    /// Whether a contour leaves the slab of one slice: then the region's planes are not parallel to the slices.
    private func isOblique() -> Bool {
        guard let places = grid.places else { return false }
        return region.contours.contains { contour in
            guard contour.kind == .closed, case .patient(let points) = contour.place, points.count >= 3 else {
                return false
            }
            var (low, high) = (Double.infinity, -Double.infinity)
            for point in points {
                let distance = places.distance(point)
                (low, high) = (min(low, distance), max(high, distance))
            }
            return high - low > places.halfStep
        }
    }

    /// Places a contour of an image: only a reference says which.
    private mutating func place(
        _ points: [Point], _ contour: RegionContour, _ index: Int, _ defects: inout RegionDefects
    ) {
        let slices = grid.slices(of: contour.sources)
        guard let slice = slices.first else {
            let uid = contour.sources.first?.sopInstanceUID ?? "none"
            defects.add(
                region.defect(
                    .noSlice, .error,
                    "contour \(index + 1) is drawn on the image \(uid), which the series does not have"))
            return
        }
        append(points, slice, distance: nil, index, &defects)
    }

    /// Places a contour of the patient: by its reference, else by its position.
    private mutating func place(
        _ points: [SIMD3<Double>], _ contour: RegionContour, _ index: Int, _ defects: inout RegionDefects
    ) {
        guard let places = grid.places else { return }
        let mean = points.reduce(0) { $0 + places.distance($1) } / Double(points.count)
        let nearest = places.nearest(to: mean)
        let halfStep = places.halfStep * (1 + 1e-6)
        let candidates = grid.slices(of: contour.sources)
        let slice: Int
        if let named = candidates.min(by: { places.away($0, mean) < places.away($1, mean) }) {
            slice = named
            if places.away(named, mean) > halfStep {
                defects.add(
                    region.defect(
                        .contradictoryPlace, .warning,
                        "contour \(index + 1) refers to slice \(named + 1) and lies "
                            + "\(places.away(named, mean).shortText) mm from it; the reference counts"))
            }
        } else if nearest.away <= halfStep {
            slice = nearest.slice
            if let image = contour.sources.first {
                defects.add(
                    region.defect(
                        .unknownImage, .note,
                        "contour \(index + 1) refers to the image \(image.sopInstanceUID), which the series does not have; "
                            + "its position counts: slice \(slice + 1), \(nearest.away.shortText) mm from it"))
            }
        } else {
            defects.add(
                region.defect(
                    .noSlice, .error,
                    "contour \(index + 1) lies \(nearest.away.shortText) mm from the nearest slice, more than half a step"
                ))
            return
        }
        let pixels = points.map { point in
            let (x, y) = places.indices(of: point, slice: slice)
            return Point(x: x + 0.5, y: y + 0.5)
        }
        append(pixels, slice, distance: candidates.isEmpty ? mean : nil, index, &defects)
    }

    private mutating func append(
        _ points: [Point], _ slice: Int, distance: Double?, _ index: Int, _ defects: inout RegionDefects
    ) {
        guard points.allSatisfy({ abs($0.x) < Self.farthest && abs($0.y) < Self.farthest }) else {
            defects.add(
                region.defect(.invalidContour, .error, "contour \(index + 1) has points far outside of the image"))
            return
        }
        rings[slice, default: []].append(PlacedRing(points: points, distance: distance))
    }
}

extension SliceGrid.Places {
    /// How far a slice is from a distance along the normal.
    func away(_ slice: Int, _ distance: Double) -> Double { abs(self.distance(origins[slice]) - distance) }
}

extension Double {
    /// The number with three decimals at most.
    var shortText: String {
        let rounded = (self * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
