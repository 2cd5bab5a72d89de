import ImageCore
import ImageProcessing

/// The boxes, points and polygons of a sample and the geometry that moves them.
struct PlaceState: Sendable {
    /// The whole geometry of the sample.
    private(set) var total: SpatialMap
    private let isVolume: Bool
    private let sourceSize: SpatialSize
    /// The boxes as the last crop left them, and the geometry since then.
    private var boxes: [BoundingBox]
    private var sinceCrop: SpatialMap
    private var cropSize: SpatialSize

    init(_ sample: Sample, size: SpatialSize) {
        total = SpatialMap(outputSize: size)
        (sinceCrop, sourceSize, cropSize) = (total, size, size)
        boxes = sample.boxes
        isVolume = sample.images[0].isVolume
    }

    /// Adds geometry; after a crop nothing of a box is left but what it shows.
    mutating func move(_ map: SpatialMap, isFinal: Bool) {
        total = total.composed(with: map)
        guard !boxes.isEmpty else { return }
        sinceCrop = sinceCrop.composed(with: map)
        if isFinal { settle() }
    }

    private mutating func settle() {
        guard !sinceCrop.stages.isEmpty || sinceCrop.outputSize != cropSize else { return }
        let mover = CoordinateMover(map: sinceCrop, isVolume: isVolume, sourceSize: cropSize)
        boxes = boxes.compactMap(mover.box)
        cropSize = sinceCrop.outputSize
        sinceCrop = SpatialMap(outputSize: cropSize)
    }

    /// Puts everything in its place.
    mutating func finish(_ sample: inout Sample) {
        settle()
        sample.boxes = boxes
        guard !total.stages.isEmpty || total.outputSize != sourceSize else { return }
        let mover = CoordinateMover(map: total, isVolume: isVolume, sourceSize: sourceSize)
        sample.points = sample.points.map(mover.point)
        sample.polygons = sample.polygons.map { $0.map(mover.point) }
    }
}
