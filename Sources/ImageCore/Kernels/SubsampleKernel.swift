/// Copies the sample at the center of each block.
@inlinable
func copyCenters<Scalar: ImageScalar>(
    _ source: Span<Scalar>, _ layout: Layout, _ blocks: Blocks, into target: inout MutableSpan<Scalar>
) {
    let steps = blocks.centerSteps(layout)
    guard let last = steps.last else { return }
    var next = 0
    for outer in Coordinates(blocks.sizes.dropLast()) {
        var start = layout.offset
        for axis in outer.indices { start += steps[axis][outer[axis]] }
        for step in last {
            target[next] = source[start + step]
            next += 1
        }
    }
}

extension Blocks {
    /// For each axis and each target coordinate, the way to the center of its block in the source.
    @usableFromInline
    func centerSteps(_ layout: Layout) -> [[Int]] {
        let sizes = sizes
        return sizes.indices.map { axis in
            (0..<sizes[axis]).map { target in
                let range = range(axis, target)
                return (range.lowerBound + range.count / 2) * layout.strides[axis]
            }
        }
    }
}
