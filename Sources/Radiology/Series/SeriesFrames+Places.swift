/// Frames of one orientation, put to places along its normal.
struct PlacedFrames {
    /// The frames at every place, in the order of ``SeriesFrames/precedes``; places rise along the normal.
    var places: [[DICOMFrameReference]]

    /// How many frames share a place with an earlier one.
    var collisions: Int { places.reduce(0) { $0 + $1.count - 1 } }

    /// All frames.
    var frames: [DICOMFrameReference] { places.flatMap { $0 } }
}

extension SeriesFrames {
    /// Puts frames with positions to places along the normal of the first one.
    func place(_ frames: [DICOMFrameReference]) -> PlacedFrames {
        guard let first = frames.first, let normal = facts(first).orientation?.normal else {
            return PlacedFrames(places: [])
        }
        let placed = frames.map { frame in
            (frame: frame, distance: normal.dot(facts(frame).positionMillimetres ?? .zero))
        }.sorted { one, other in
            one.distance != other.distance ? one.distance < other.distance : precedes(one.frame, other.frame)
        }
        let spacing = facts(first).spacing.map { min($0.xMillimetres, $0.yMillimetres) } ?? .infinity
        let limit = min(tolerance.samePlaceMillimetres, spacing / 20)
        var places: [[DICOMFrameReference]] = []
        var start = -Double.infinity
        for (frame, distance) in placed {
            if distance - start <= limit {
                places[places.count - 1].append(frame)
            } else {
                places.append([frame])
                start = distance
            }
        }
        return PlacedFrames(places: places.map { $0.sorted(by: precedes) })
    }

    /// Splits frames by where they lie to each other; those of different orientations have no places along one normal.
    func splitByPlace(_ candidate: StackCandidate) -> [StackCandidate] {
        if candidate.frames.allSatisfy(hasPosition), isRotating(candidate.frames) { return [candidate] }
        return splitByInPlanePosition(candidate).flatMap { resolve($0) }.flatMap(splitByContrast)
            .flatMap(splitByInterleavedAcquisition)
    }

    /// Splits frames that share a distance along the normal but lie apart in their planes: stations of a scan, or the
    /// left and the right of a patient.
    private func splitByInPlanePosition(_ candidate: StackCandidate) -> [StackCandidate] {
        guard let first = candidate.frames.first, let normal = facts(first).orientation?.normal else {
            return [candidate]
        }
        func offset(_ frame: DICOMFrameReference) -> SIMD3<Double> {
            let position = facts(frame).positionMillimetres ?? .zero
            return position - normal * normal.dot(position)
        }
        let placed = place(candidate.frames)
        let liesApart = placed.places.contains { place in
            place.contains { (offset($0) - offset(place[0])).length > 1 }
        }
        guard liesApart else { return [candidate] }
        var classes: [(offset: SIMD3<Double>, frames: [DICOMFrameReference])] = []
        for frame in placed.frames {
            let own = offset(frame)
            if let index = classes.firstIndex(where: { ($0.offset - own).length <= 1 }) {
                classes[index].frames.append(frame)
            } else {
                classes.append((own, [frame]))
            }
        }
        guard classes.count <= Self.largestClassCount else { return [unsplit(candidate, by: .inPlanePosition)] }
        return classes.map { lateral, frames in
            let place = [lateral.x, lateral.y, lateral.z].map { short($0) }.joined(separator: ", ")
            return candidate.part(
                frames, by: .inPlanePosition, reason: "in-plane position (\(place)) mm, others lie beside it")
        }
    }
}
