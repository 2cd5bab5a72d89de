import ImageCore
import TestSupport

/// An image that is a random view of a larger block, and the same made by index loops.
struct RandomView<Scalar: ImageScalar> {
    var image: Image<Scalar>
    var naive: NaiveImage<Scalar>

    /// A view of random rank (0 to 5), sizes, crops, flips, slices and order of axes.
    init(using generator: inout SeededGenerator, sample: (inout SeededGenerator) -> Scalar) {
        let names: [Axis] = [.x, .y, .z, .channel, .time].shuffled(using: &generator)
        let rank = Int.random(in: 1...5, using: &generator)
        let sizes = (0..<rank).map { _ in Int.random(in: 1...5, using: &generator) }
        let values = (0..<sizes.reduce(1, *)).map { _ in sample(&generator) }
        image = ImageCoreTests.image(Array(names.prefix(rank)), sizes, values)
        naive = NaiveImage(image)
        for _ in 0..<Int.random(in: 0...4, using: &generator) { change(using: &generator) }
    }

    private mutating func change(using generator: inout SeededGenerator) {
        guard !naive.axes.isEmpty else { return }
        let i = Int.random(in: naive.axes.indices, using: &generator)
        let (axis, size) = (naive.axes[i], naive.sizes[i])
        switch Int.random(in: 0..<5, using: &generator) {
        case 0:
            let start = Int.random(in: 0..<size, using: &generator)
            let range = start..<Int.random(in: start + 1...size, using: &generator)
            (image, naive) = (image.cropped(axis, to: range), naive.cropped(i, to: range))
        case 1: (image, naive) = (image.flipped(axis), naive.flipped(i))
        case 2 where naive.axes.count > 1:
            let index = Int.random(in: 0..<size, using: &generator)
            (image, naive) = (image.slice(axis, at: index), naive.sliced(i, at: index))
        default:
            let order = Array(naive.axes.indices).shuffled(using: &generator)
            (image, naive) = (image.permuted(to: order.map { naive.axes[$0] }), naive.permuted(order))
        }
    }

    /// An image of the same shape with other samples, its axes stored in another order.
    func partner(using generator: inout SeededGenerator, sample: (inout SeededGenerator) -> Scalar) -> Image<Scalar> {
        let order = Array(naive.axes.indices).shuffled(using: &generator)
        let values = naive.samples.indices.map { _ in sample(&generator) }
        return ImageCoreTests.image(order.map { naive.axes[$0] }, order.map { naive.sizes[$0] }, values)
    }
}

/// Seeds for tests that draw.
let seeds = Array(UInt64(1)...40)
