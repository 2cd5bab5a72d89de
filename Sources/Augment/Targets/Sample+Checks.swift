import ImageCore
import ImageProcessing

extension [Axis] {
    /// Whether they are x and y, perhaps z and channels.
    var isPictureOrVolume: Bool {
        contains(.x) && contains(.y) && allSatisfy { [.x, .y, .z, .channel].contains($0) }
    }
}

extension AnyImage {
    /// The size in x, y, z, with z 1 for pictures.
    var spatialSize: SpatialSize {
        let layout = layout
        return SpatialSize(x: layout.size(of: .x), y: layout.size(of: .y), z: layout.size(of: .z))
    }

    var isVolume: Bool { layout.index(of: .z) != nil }
}

extension Sample {
    /// Checks that the parts fit together.
    ///
    /// - Throws: ``AugmentError/sample(_:)`` for no image, an empty one, axes that are no picture or volume, images or labels of
    ///   another size than the first image, and coordinates that are not finite or outside of the image.
    func check() throws(AugmentError) -> SpatialSize {
        guard let first = images.first else { throw .sample("expected at least one image, found none") }
        let size = first.spatialSize
        for (name, image) in named {
            let layout = image.layout
            guard layout.axes.isPictureOrVolume else {
                throw .sample("\(name()): expected axes x, y, perhaps z and channel, found \(layout.axes)")
            }
            guard !layout.sizes.contains(0) else { throw .sample("\(name()): the image is empty") }
            guard image.spatialSize == size, image.isVolume == first.isVolume else {
                throw .sample(
                    "\(name()): expected the size of the first image, \(size), found \(image.spatialSize)")
            }
        }
        for label in labels where (label.layout.index(of: .channel).map { label.layout.sizes[$0] } ?? 1) != 1 {
            throw .sample("labels: expected one channel, found shape \(label.layout.sizes)")
        }
        try checkCoordinates(size, isVolume: first.isVolume)
        return size
    }

    /// Names are made when they are needed.
    private var named: [(name: () -> String, image: AnyImage)] {
        images.enumerated().map { index, image in ({ "image \(index + 1)" }, image) }
            + labels.enumerated().map { index, image in ({ "label image \(index + 1)" }, image) }
    }

    private func checkCoordinates(_ size: SpatialSize, isVolume: Bool) throws(AugmentError) {
        let upper = SIMD3(Double(size.x), Double(size.y), isVolume ? Double(size.z) : .infinity)
        let lower = SIMD3(0, 0, isVolume ? 0 : -Double.infinity)
        func inside(_ point: SIMD3<Double>) -> Bool {
            point.x >= lower.x && point.y >= lower.y && point.z >= lower.z && point.x <= upper.x && point.y <= upper.y
                && point.z <= upper.z
        }
        // The z of places in pictures says nothing.
        func text(_ point: SIMD3<Double>) -> String { point.placeText(axes: isVolume ? 3 : 2) }
        for (index, point) in points.enumerated() where !inside(point) {
            throw .sample(
                "point \(index + 1): expected a place inside the image of \(size), found \(text(point))")
        }
        for (index, ring) in polygons.enumerated() {
            for point in ring where !(point.x.isFinite && point.y.isFinite && point.z.isFinite) {
                throw .sample("polygon \(index + 1): expected finite coordinates, found \(text(point))")
            }
        }
        for (index, box) in boxes.enumerated() {
            guard inside(box.lower), inside(box.upper), box.lower.x <= box.upper.x, box.lower.y <= box.upper.y,
                box.lower.z <= box.upper.z
            else {
                throw .sample(
                    "box \(index + 1): expected corners in order and inside the image of \(size), "
                        + "found \(text(box.lower)) to \(text(box.upper))"
                )
            }
        }
    }
}
