import Annotations
import ImageCore

/// Contours in parallel planes at any angle to the slices of a grid.
struct ObliquePlanes {
    /// The contours of one plane, and which places along the normal are nearest to it.
    struct Plane {
        var contours: [[SIMD3<Double>]]
        var distance: Double
        var reach: Range<Double>
    }

    /// The unit vector at right angles to all planes.
    let normal: SIMD3<Double>
    /// The planes by rising distance along the normal.
    private(set) var planes: [Plane] = []

    /// Finds the planes; contours that do not lie in one of them are told and left out.
    ///
    /// `nil` when no contour has an area.
    init?(
        _ contours: [[SIMD3<Double>]], of region: OutlinedRegion, places: SliceGrid.Places,
        defects: inout RegionDefects
    ) {
        let areas = contours.map(Self.areaVector)
        guard let largest = areas.max(by: { $0.length < $1.length }), largest.length > 0, largest.length.isFinite else {
            return nil
        }
        let normal = largest / largest.length
        self.normal = normal
        let tolerance = min(places.spacing.xMillimetres, places.spacing.yMillimetres, 2 * places.halfStep) / 2
        var sorted: [(distance: Double, contour: [SIMD3<Double>])] = []
        for contour in contours {
            let distances = contour.map { $0.dot(normal) }
            guard let low = distances.min(), let high = distances.max(), high - low <= tolerance else {
                defects.add(
                    region.defect(
                        .notPlanar, .error,
                        "a contour's plane is parallel neither to the slices nor to the other contours"))
                continue
            }
            sorted.append((distances.reduce(0, +) / Double(distances.count), contour))
        }
        sorted.sort { $0.distance < $1.distance }
        for (distance, contour) in sorted {
            if let last = planes.last, distance - last.distance <= tolerance / 10 {
                planes[planes.count - 1].contours.append(contour)
            } else {
                planes.append(Plane(contours: [contour], distance: distance, reach: distance..<distance))
            }
        }
        if region.combination == .exclusive { dropDuplicates(of: region, &defects) }
        setReach(single: places.halfStep)
        let angle = min(normal.degrees(to: places.orientation.normal), normal.degrees(to: -places.orientation.normal))
        defects.add(
            region.defect(
                .obliquePlanes, .note,
                "\(counted(planes.count, "plane")) at \(angle.shortText)° to the slices; voxels within half a distance of planes are tested"
            ))
    }

    /// Takes a contour that stands twice in a plane once: two would cancel.
    private mutating func dropDuplicates(of region: OutlinedRegion, _ defects: inout RegionDefects) {
        for i in planes.indices where planes[i].contours.count > 1 {
            let kept = DuplicateContours.distinct(planes[i].contours)
            guard kept.count < planes[i].contours.count else { continue }
            planes[i].contours = kept.map { planes[i].contours[$0] }
            defects.add(
                region.defect(
                    .duplicateContour, .warning, "plane \(i + 1) has the same contour several times; it counts once"))
        }
    }

    /// Every plane reaches half the usual distance to either side, and not beyond the middle to its neighbor.
    private mutating func setReach(single: Double) {
        let steps = zip(planes.dropFirst(), planes).map { $0.distance - $1.distance }
        let half = steps.isEmpty ? single : steps.sorted()[(steps.count - 1) / 2] / 2
        for i in planes.indices {
            let distance = planes[i].distance
            let low = i > 0 ? max(distance - half, distance - steps[i - 1] / 2) : distance - half
            let high = i < steps.count ? min(distance + half, distance + steps[i] / 2) : distance + half
            planes[i].reach = low..<max(low, high)
        }
    }

    /// A vector at right angles to a contour, twice its area long (Newell's method).
    private static func areaVector(_ contour: [SIMD3<Double>]) -> SIMD3<Double> {
        guard let first = contour.first else { return .zero }
        return zip(contour, contour.dropFirst()).reduce(into: SIMD3<Double>.zero) { sum, side in
            sum += (side.0 - first).cross(side.1 - first)
        }
    }
}
