/// What contours need to know of a grid, computed once.
struct GridPlaces {
    let grid: SliceGrid
    let places: SliceGrid.Places?
    private let instances: [String: [Int: [Int]]]

    init(_ grid: SliceGrid) {
        self.grid = grid
        places = grid.places()
        instances = grid.slicesByInstance()
    }

    /// The slices that are one of some images.
    func slices(of sources: [SegmentationSource]) -> [Int] {
        var found: [Int] = []
        for source in sources {
            guard let byFrame = instances[source.sopInstanceUID] else { continue }
            found += source.frame.map { byFrame[$0] ?? [] } ?? byFrame.values.flatMap { $0 }
        }
        return found.sorted()
    }

    /// Whether every contour of the patient that is painted lies on a slice that it refers to.
    func confirms(_ region: OutlinedRegion) -> Bool {
        guard let places else { return false }
        return region.contours.allSatisfy { contour in
            guard contour.isPainted, case .patient(let points) = contour.place else { return true }
            let farthest = places.halfStep * (1 + 1e-6)
            return contour.kind == .closed
                && slices(of: contour.sources).contains { slice in
                    points.allSatisfy { places.away(slice, places.distance($0)) <= farthest }
                }
        }
    }
}
