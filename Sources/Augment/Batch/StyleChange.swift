import ImageCore
import ImageProcessing

extension Augmented {
    /// Changes each image by what the same image of another sample looks like; labels and what goes with them stay.
    ///
    /// - Parameters:
    ///   - other: The sample to look at.
    ///   - name: The transform, for messages.
    ///   - body: Changes an image of floats with axes channel, (z,) y, x by the other, whose shape is the same.
    /// - Throws: ``AugmentError`` for images of `Bool`, and what the body throws.
    mutating func changeImages(
        like other: Augmented, name: String,
        _ body: (inout Image<Float>, Image<Float>) throws(ImageError) -> Void
    ) throws(AugmentError) {
        for i in sample.images.indices {
            let image = sample.images[i]
            guard image.kind != .bool else { throw .transform(path: name, "expected images of numbers, found bool") }
            do {
                var planes = try image.planes()
                try body(&planes, try other.sample.images[i].planes())
                var result = try AnyImage.float32(planes).rendered(
                    map: nil, interpolation: .nearest, border: .replicate, operations: [], kind: image.kind,
                    axes: image.layout.axes, workers: 1)
                (result.color, result.domain, result.metadata) = (image.color, image.domain, image.metadata)
                sample.images[i] = result
            } catch {
                throw .transform(path: name, "\(error)")
            }
        }
    }
}

extension AnyImage {
    fileprivate func planes() throws(ImageError) -> Image<Float> {
        try rendered(
            map: nil, interpolation: .nearest, border: .replicate, operations: [], kind: .float32,
            axes: isVolume ? [.channel, .z, .y, .x] : [.channel, .y, .x], workers: 1
        ).converted(to: Float.self)
    }
}
