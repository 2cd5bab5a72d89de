import ImageCore

/// Linear interpolation of all volumes of an image to an upright grid.
///
/// A voxel that needs a sample outside of a slice is not interpolated, for it would be a blend with nothing: it is `fill`.
/// Sums are in `Double`, and what lies on samples of a slice is copied.
struct UprightResampling: ImageVisitor {
    let grid: UprightGrid
    let fill: Double
    /// Number of axes before z.
    let rank: Int
    /// For every place along these axes, which slices are there.
    let present: [[Bool]]

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
        let source = image.contiguous()
        var sizes = source.sizes
        let sourceShape = Shape(sizes: sizes, rank: rank)
        sizes[rank] = grid.count
        sizes[rank + 1] += grid.extraRows
        sizes[rank + 2] += grid.extraColumns
        let shape = Shape(sizes: sizes, rank: rank)
        let places = sizes[..<rank].reduce(1, *)
        var result = Image<Scalar>(
            axes: source.axes, sizes: sizes, repeating: Scalar(converting: fill), color: source.color)
        result.domain = image.domain
        result.metadata = image.metadata
        var target = result.mutableSamples
        for slab in 0..<places * grid.count {
            let (place, z) = (slab / grid.count, slab % grid.count)
            guard let (first, second, weight) = grid.neighbors(z, among: present[place]) else { continue }
            let base = place * grid.places.count
            let slices = (
                ShiftedSlice(grid.shifts[first], start: (base + first) * sourceShape.plane, sourceShape, in: shape),
                ShiftedSlice(grid.shifts[second], start: (base + second) * sourceShape.plane, sourceShape, in: shape)
            )
            let (rows, columns) =
                weight > 0
                ? (slices.0.rows.clamped(to: slices.1.rows), slices.0.columns.clamped(to: slices.1.columns))
                : (slices.0.rows, slices.0.columns)
            for y in rows {
                for x in columns {
                    let pixel = slab * shape.plane + (y * shape.columns + x) * shape.channels
                    for channel in 0..<shape.channels {
                        let sample = slices.0.sample(source.samples, x, y, channel)
                        guard weight > 0 || !slices.0.isOnSamples else {
                            target[pixel + channel] = sample
                            continue
                        }
                        var value = slices.0.value(source.samples, x, y, channel)
                        if weight > 0 {
                            value = value * (1 - weight) + slices.1.value(source.samples, x, y, channel) * weight
                        }
                        target[pixel + channel] = Scalar(converting: value)
                    }
                }
            }
        }
        return AnyImage(result)
    }

    /// Sizes of one slice.
    struct Shape {
        let rows: Int
        let columns: Int
        let channels: Int

        init(sizes: [Int], rank: Int) {
            rows = sizes[rank + 1]
            columns = sizes[rank + 2]
            channels = sizes[(rank + 3)...].reduce(1, *)
        }

        var plane: Int { rows * columns * channels }
    }

    /// A slice of the source, moved within the larger plane of the grid.
    private struct ShiftedSlice {
        private let start: Int
        private let shape: Shape
        private let x: Shift
        private let y: Shift
        /// The rows of the plane whose samples the slice has.
        let rows: Range<Int>
        /// The columns of the plane whose samples the slice has.
        let columns: Range<Int>

        init(_ shift: SIMD2<Double>, start: Int, _ shape: Shape, in plane: Shape) {
            (self.start, self.shape) = (start, shape)
            (x, y) = (Shift(shift.x), Shift(shift.y))
            rows = y.covered(by: shape.rows, of: plane.rows)
            columns = x.covered(by: shape.columns, of: plane.columns)
        }

        /// Whether every sample of the plane is one of the slice.
        var isOnSamples: Bool { x.weight == 0 && y.weight == 0 }

        /// The sample at a column and a row of the plane that are among ``columns`` and ``rows``, or the first that its value
        /// lies between.
        func sample<Scalar: ImageScalar>(
            _ source: Span<Scalar>, _ column: Int, _ row: Int, _ channel: Int
        ) -> Scalar {
            source[index(column, row, channel)]
        }

        private func index(_ column: Int, _ row: Int, _ channel: Int) -> Int {
            start + ((row + y.whole) * shape.columns + column + x.whole) * shape.channels + channel
        }

        /// The value at a column and a row of the plane that are among ``columns`` and ``rows``.
        func value<Scalar: ImageScalar>(_ source: Span<Scalar>, _ column: Int, _ row: Int, _ channel: Int) -> Double {
            let line = shape.columns * shape.channels
            let first = index(column, row, channel)
            let upper = x.between(source, first, step: shape.channels)
            return y.weight > 0
                ? upper * (1 - y.weight) + x.between(source, first + line, step: shape.channels) * y.weight : upper
        }
    }

    /// A shift along one axis: every sample lies between two of the source, or on one.
    private struct Shift {
        /// How many places further the first of the two lies in the source.
        let whole: Int
        /// The part of the second; 0 where only the first counts.
        let weight: Double

        init(_ shift: Double) {
            let first = (-shift).rounded(.down)
            (whole, weight) = (Int(first), -shift - first)
        }

        /// The places among the first `count` whose samples all are among those of the source.
        func covered(by source: Int, of count: Int) -> Range<Int> {
            let first = max(0, -whole)
            return first..<max(first, min(count, source - whole - (weight > 0 ? 1 : 0)))
        }

        func between<Scalar: ImageScalar>(_ source: Span<Scalar>, _ first: Int, step: Int) -> Double {
            let value = source[first].saturated(to: Double.self)
            return weight > 0
                ? value * (1 - weight) + source[first + step].saturated(to: Double.self) * weight : value
        }
    }
}
