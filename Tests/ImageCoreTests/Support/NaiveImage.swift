import ImageCore
import TestSupport

/// An image as plain arrays, whose operations are index loops that are easy to believe.
struct NaiveImage<Scalar: ImageScalar> {
    var axes: [Axis]
    var sizes: [Int]
    /// In C order.
    var samples: [Scalar]

    init(axes: [Axis], sizes: [Int], at sample: ([Int]) -> Scalar) {
        self.axes = axes
        self.sizes = sizes
        samples = allCoordinates(sizes).map(sample)
    }

    init(_ image: Image<Scalar>) {
        self.init(axes: image.axes, sizes: image.sizes) { image[$0] }
    }

    subscript(coordinates: [Int]) -> Scalar {
        var index = 0
        for (size, coordinate) in zip(sizes, coordinates) { index = index * size + coordinate }
        return samples[index]
    }

    func cropped(_ i: Int, to range: Range<Int>) -> NaiveImage {
        var sizes = sizes
        sizes[i] = range.count
        return NaiveImage(axes: axes, sizes: sizes) { place in
            var place = place
            place[i] += range.lowerBound
            return self[place]
        }
    }

    func flipped(_ i: Int) -> NaiveImage {
        NaiveImage(axes: axes, sizes: sizes) { place in
            var place = place
            place[i] = sizes[i] - 1 - place[i]
            return self[place]
        }
    }

    func sliced(_ i: Int, at index: Int) -> NaiveImage {
        var (axes, sizes) = (axes, sizes)
        axes.remove(at: i)
        sizes.remove(at: i)
        return NaiveImage(axes: axes, sizes: sizes) { place in
            var place = place
            place.insert(index, at: i)
            return self[place]
        }
    }

    /// New axis k is old axis order[k].
    func permuted(_ order: [Int]) -> NaiveImage {
        NaiveImage(axes: order.map { axes[$0] }, sizes: order.map { sizes[$0] }) { place in
            var old = place
            for (k, i) in order.enumerated() { old[i] = place[k] }
            return self[old]
        }
    }
}

/// Every coordinate below some sizes, the last one fastest.
func allCoordinates(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { places, size in places.flatMap { place in (0..<size).map { place + [$0] } } }
}

/// The samples of an image, read one by one in C order.
func samples<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [Scalar] { NaiveImage(image).samples }

/// An image from its samples in C order.
func image<Scalar: ImageScalar>(
    _ axes: [Axis], _ sizes: [Int], _ samples: [Scalar], color: ColorModel = .unspecified,
    domain: ValueDomain = .unspecified
) -> Image<Scalar> {
    Image(axes: axes, sizes: sizes, color: color, domain: domain) { (span: inout MutableSpan<Scalar>) in
        for i in samples.indices { span[i] = samples[i] }
    }
}

/// A row of samples along x.
func row<Scalar: ImageScalar>(_ samples: [Scalar]) -> Image<Scalar> { image([.x], [samples.count], samples) }
