public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with the pixels of a mask filled from what is around them, from the mask's edge inwards.
    ///
    /// A. Telea, "An image inpainting technique based on the fast marching method" (2004): each pixel becomes the weighted mean of
    /// what its neighbors within the radius expect there by their value and gradient. The order and the distances come from the
    /// exact distance transform, where the paper marches; of the gradient half is taken, within the neighbors' range, because errors of
    /// the whole grow inwards. A hair or a ruler's line is covered by what lies beside it. Channels and planes are filled alike.
    /// - Parameters:
    ///   - mask: The pixels to fill: the same width and height, axes y and x.
    ///   - radius: How far away pixels count, 1 to 100.
    /// - Returns: The image in C order; every sample outside of the mask is what it was.
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; ``ImageError/invalidArgument(_:)`` for a mask of other axes or
    ///   that leaves no pixel, another radius, and labels; ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func inpainted(_ mask: Image<Bool>, radius: Int = 3) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard !holdsLabels else { throw .invalidArgument("expected an image, found labels: they have no mean") }
        let shape = try mask.planeShape()
        guard shape.width == width, shape.height == height else {
            throw .shapeMismatch(expected: [height, width], found: mask.sizes)
        }
        guard (1...100).contains(radius) else {
            throw .invalidArgument("expected a radius from 1 to 100, found \(radius)")
        }
        guard let front = try FillingFront(mask.contiguous()) else {
            throw .invalidArgument("expected pixels outside of the mask, found none")
        }
        var result: Image = try calculated(by: Inpainting(front: front, radius: radius))
        result.geometry = geometry
        // What is not filled has not gone through another type.
        return try AnyImage(result).transformed(by: KeepingUnfilled(original: AnyImage(self), isFilled: front.isFilled))
            .converted(to: Scalar.self)
    }
}

/// Which pixels are filled, in which order, and how far each is from the edge.
private struct FillingFront {
    let width: Int
    let height: Int
    let isFilled: [Bool]
    /// The indices of the pixels to fill, from the edge of the mask inwards.
    let order: [Int]
    /// The distance to the edge of the mask: above 0 inside, below 0 outside.
    let distance: [Float]

    /// The order of a mask; `nil` where it leaves no pixel.
    init?(_ mask: Image<Bool>) throws(ImageError) {
        (width, height) = (mask.width, mask.height)
        let samples = mask.samples
        let flags = (0..<samples.count).map { samples[$0] }
        guard flags.contains(false) else { return nil }
        let inside = try mask.distanceTransform()
        let outside = try (!mask).distanceTransform()
        let (a, b) = (inside.samples, outside.samples)
        let distance = flags.indices.map { flags[$0] ? a[$0] : b[$0].isFinite ? -b[$0] : 0 }
        isFilled = flags
        order = flags.indices.filter { flags[$0] }.sorted { (distance[$0], $0) < (distance[$1], $1) }
        self.distance = distance
    }

    /// The gradient of the distance.
    func direction(_ x: Int, _ y: Int) -> SIMD2<Float> {
        let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
        let (top, bottom) = (max(y - 1, 0), min(y + 1, height - 1))
        let dx = distance[y * width + right] - distance[y * width + left]
        let dy = distance[bottom * width + x] - distance[top * width + x]
        return SIMD2(dx / Float(max(1, right - left)), dy / Float(max(1, bottom - top)))
    }
}

/// Fills the pixels of a mask, in `Float` or `Double`.
private struct Inpainting: WeightedOperation {
    let front: FillingFront
    let radius: Int

    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) throws(ImageError) -> Image<Weight> {
        let planes = try Planes(image)
        return try image.mappingPlanes(planes) { source, target in
            for i in 0..<source.count { target[i] = source[i] }
            var isOpen = front.isFilled
            for index in front.order {
                for channel in 0..<planes.channels {
                    let plane = FilledPlane(channel: channel, channels: planes.channels, front: front)
                    target[index * planes.channels + channel] = plane.value(
                        at: index, radius: radius, isOpen: isOpen, target)
                }
                isOpen[index] = false
            }
        }
    }
}

/// One channel of a plane that is being filled.
private struct FilledPlane {
    let channel: Int
    let channels: Int
    let front: FillingFront

    /// The weighted mean of what the neighbors expect at a pixel.
    func value<Weight: VolumeWeight>(
        at index: Int, radius: Int, isOpen: [Bool], _ samples: borrowing MutableSpan<Weight>
    ) -> Weight {
        let (width, height) = (front.width, front.height)
        let (y, x) = index.quotientAndRemainder(dividingBy: width)
        let normal = front.direction(x, y)
        var (sum, weights) = (Weight.zero, Weight.zero)
        var (lowest, highest) = (Weight.infinity, -Weight.infinity)
        for row in max(0, y - radius)...min(height - 1, y + radius) {
            for column in max(0, x - radius)...min(width - 1, x + radius) {
                let (dx, dy) = (x - column, y - row)
                let other = row * width + column
                guard !isOpen[other], dx * dx + dy * dy <= radius * radius else { continue }
                let squared = Float(dx * dx + dy * dy)
                // Along the normal, near, and on the same level of distance counts most.
                let along = abs(Float(dx) * normal.x + Float(dy) * normal.y) / squared.squareRoot()
                let level = 1 / (1 + abs(front.distance[other] - front.distance[index]))
                let weight = Weight(max(along, 1e-6) * level / squared)
                let slope = slope(column, row, isOpen, samples)
                let value = samples[other * channels + channel]
                sum += weight * (value + (slope.x * Weight(dx) + slope.y * Weight(dy)) / 2)
                weights += weight
                (lowest, highest) = (min(lowest, value), max(highest, value))
            }
        }
        // A neighbor at the edge of the mask is always within the radius of a pixel whose turn it is.
        return weights > 0 ? min(max(sum / weights, lowest), highest) : samples[index * channels + channel]
    }

    /// The gradient at a known pixel by its known neighbors.
    private func slope<Weight: VolumeWeight>(
        _ x: Int, _ y: Int, _ isOpen: [Bool], _ samples: borrowing MutableSpan<Weight>
    ) -> (x: Weight, y: Weight) {
        let (width, height) = (front.width, front.height)
        func known(_ x: Int, _ y: Int) -> Bool {
            x >= 0 && x < width && y >= 0 && y < height && !isOpen[y * width + x]
        }
        func difference(
            _ before: (x: Int, y: Int), _ after: (x: Int, y: Int)
        ) -> Weight {
            let first = known(before.x, before.y) ? before : (x, y)
            let last = known(after.x, after.y) ? after : (x, y)
            let steps = abs(last.0 - first.0) + abs(last.1 - first.1)
            guard steps > 0 else { return 0 }
            let a = samples[(first.1 * width + first.0) * channels + channel]
            let b = samples[(last.1 * width + last.0) * channels + channel]
            return (b - a) / Weight(steps)
        }
        return (difference((x - 1, y), (x + 1, y)), difference((x, y - 1), (x, y + 1)))
    }
}

/// Puts back the samples that were not filled.
private struct KeepingUnfilled: ImageTransform {
    let original: AnyImage
    let isFilled: [Bool]

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let before = original.converted(to: Scalar.self)
        let planes = try Planes(image)
        let filled = try image.rearranged(to: planes.axes)
        let filledSamples = filled.samples
        var plane = 0
        let result: Image<Scalar> = try before.mappingPlanes(planes) { source, target in
            for i in 0..<source.count {
                let value = filledSamples[plane * planes.planeLength + i]
                target[i] = isFilled[i / planes.channels] ? value : source[i]
            }
            plane += 1
        }
        return result
    }
}
