import ImageCore
import ImageProcessing

/// The labels of a sample and the geometry that waits for them.
struct LabelState: Sendable {
    private var sources: [AnyImage]
    private var waiting = WaitingGeometry()

    init(_ sources: [AnyImage], size: SpatialSize) { self.sources = sources }

    /// Adds geometry; what waits is done first where the two read beyond the edge in different ways.
    ///
    /// `isOnGrid` says whether the images were calculated on the grid that the geometry reads: labels end where images do.
    mutating func move(
        _ next: SpatialMap, _ reading: Sampling, from size: SpatialSize, isOnGrid: Bool, _ workers: Int
    ) throws(AugmentError) {
        guard !sources.isEmpty else { return }
        if !waiting.joins(next, reading, from: size, { $0.readsLabels(like: $1) }, interpolates: false) {
            try flush(workers)
        }
        waiting.join(next, reading, from: size, isOnGrid: isOnGrid)
    }

    /// Changes the labels on the grid that they have now.
    mutating func change(
        _ change: (AnyImage) throws(AugmentError) -> AnyImage, _ workers: Int
    ) throws(AugmentError) {
        try flush(workers)
        for i in sources.indices { sources[i] = try change(sources[i]) }
    }

    /// The labels with everything done.
    mutating func finished(_ workers: Int) throws(AugmentError) -> [AnyImage] {
        try flush(workers)
        return sources
    }

    private mutating func flush(_ workers: Int) throws(AugmentError) {
        guard let map = waiting.map else { return }
        for i in sources.indices {
            sources[i] = try Rendering.moved(labels: sources[i], by: map, waiting.sampling, workers: workers)
        }
        waiting.clear()
    }
}

extension Sampling {
    /// Whether labels outside of the image are the same.
    func readsLabels(like other: Sampling) -> Bool {
        labelFill == other.labelFill && (labelFill != nil || border == other.border)
    }

    /// Whether images are read in the same way.
    func readsImages(like other: Sampling) -> Bool {
        interpolation == other.interpolation && border == other.border
    }
}
