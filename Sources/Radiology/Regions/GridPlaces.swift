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
}
