import ImageCore

/// Linear interpolation of all volumes of an image to an upright grid.
struct UprightResampling: ImageVisitor {
    let grid: UprightGrid
    let fill: Double
    /// Number of axes before z.
    let rank: Int
    /// For every place along these axes, which slices are there.
    let present: [[Bool]]

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
        let source = image.converted(to: Float.self).contiguous()
        var sizes = source.sizes
        let sourceShape = Shape(sizes: sizes, rank: rank)
        sizes[rank] = grid.count
        sizes[rank + 1] += grid.extraRows
        sizes[rank + 2] += grid.extraColumns
        let shape = Shape(sizes: sizes, rank: rank)
        let places = sizes[..<rank].reduce(1, *)
        var result = Image<Float>(axes: source.axes, sizes: sizes, repeating: Float(fill), color: source.color)
        result.domain = image.domain
        result.metadata = image.metadata
        var target = result.mutableSamples
        var planes = (
            [Float](repeating: 0, count: shape.plane), [Float](repeating: 0, count: shape.plane)
        )
        for slab in 0..<places * grid.count {
            let (place, z) = (slab / grid.count, slab % grid.count)
            guard let (first, second, weight) = grid.neighbors(z, among: present[place]) else { continue }
            let base = place * grid.places.count
            shift(source.samples, (base + first) * sourceShape.plane, sourceShape, grid.shifts[first], &planes.0, shape)
            shift(
                source.samples, (base + second) * sourceShape.plane, sourceShape, grid.shifts[second], &planes.1, shape)
            let start = slab * shape.plane
            for i in 0..<shape.plane {
                target[start + i] = Float(Double(planes.0[i]) * (1 - weight) + Double(planes.1[i]) * weight)
            }
        }
        return AnyImage(result.converted(to: Scalar.self))
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

    /// A slice moved by a fraction of pixels within a larger plane.
    private func shift(
        _ source: Span<Float>, _ start: Int, _ from: Shape, _ shift: SIMD2<Double>, _ plane: inout [Float], _ to: Shape
    ) {
        for y in 0..<to.rows {
            let (row, rowWeight) = Self.split(Double(y) - shift.y)
            for x in 0..<to.columns {
                let (column, columnWeight) = Self.split(Double(x) - shift.x)
                for channel in 0..<to.channels {
                    func value(_ y: Int, _ x: Int) -> Double {
                        guard y >= 0, y < from.rows, x >= 0, x < from.columns else { return fill }
                        return Double(source[start + (y * from.columns + x) * from.channels + channel])
                    }
                    var sum = value(row, column) * (1 - columnWeight) * (1 - rowWeight)
                    if columnWeight > 0 { sum += value(row, column + 1) * columnWeight * (1 - rowWeight) }
                    if rowWeight > 0 { sum += value(row + 1, column) * (1 - columnWeight) * rowWeight }
                    if rowWeight > 0, columnWeight > 0 { sum += value(row + 1, column + 1) * columnWeight * rowWeight }
                    plane[(y * to.columns + x) * to.channels + channel] = Float(sum)
                }
            }
        }
    }

    /// Whole part and fraction; fractions next to a whole number are that number.
    private static func split(_ value: Double) -> (Int, Double) {
        let nearest = value.rounded()
        if abs(value - nearest) < 1e-6 { return (Int(nearest), 0) }
        let whole = value.rounded(.down)
        return (Int(whole), value - whole)
    }
}
