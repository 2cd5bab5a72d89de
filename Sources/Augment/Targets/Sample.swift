public import ImageCore

/// What belongs together and moves together: images, labels, boxes, points and polygons on one grid.
///
/// Coordinates are pixels from the outer corner of the first one: pixel i covers [i, i+1) along each axis. In pictures z
/// is not used.
public struct Sample: Sendable, Equatable {
    /// Images, whose samples are interpolated; all have the same x, y (and z).
    public var images: [AnyImage]
    /// Masks and label images, never interpolated; on the grid of the images.
    public var labels: [AnyImage]
    /// Boxes around objects.
    public var boxes: [BoundingBox]
    /// Places.
    public var points: [SIMD3<Double>]
    /// Closed rings of places.
    public var polygons: [[SIMD3<Double>]]

    /// A sample by its parts.
    public init(
        images: [AnyImage], labels: [AnyImage] = [], boxes: [BoundingBox] = [], points: [SIMD3<Double>] = [],
        polygons: [[SIMD3<Double>]] = []
    ) {
        self.images = images
        self.labels = labels
        self.boxes = boxes
        self.points = points
        self.polygons = polygons
    }

    /// A sample of one image and perhaps its labels.
    public init(_ image: AnyImage, labels: AnyImage? = nil) {
        self.init(images: [image], labels: labels.map { [$0] } ?? [])
    }
}

/// A box with edges along the axes: half open, in the pixel-edge coordinates of ``Sample``.
public struct BoundingBox: Sendable, Hashable, Codable {
    /// The corner with the smallest coordinates.
    public var lower: SIMD3<Double>
    /// The corner with the largest coordinates, excluded.
    public var upper: SIMD3<Double>
    /// What is inside; it stays with the box.
    public var label: Int

    /// A box by its corners.
    public init(lower: SIMD3<Double>, upper: SIMD3<Double>, label: Int = 0) {
        self.lower = lower
        self.upper = upper
        self.label = label
    }
}
