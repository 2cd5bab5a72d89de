public import ImageCore

/// The weights of a linear filter in the plane.
public struct FilterKernel: Sendable, Hashable {
    /// Number of columns.
    public let width: Int
    /// Number of rows.
    public let height: Int
    /// The weights, row by row.
    public let weights: [Double]
    /// The column of the weight that falls on the pixel itself.
    public let anchorX: Int
    /// The row of the weight that falls on the pixel itself.
    public let anchorY: Int

    /// A kernel by its rows.
    ///
    /// - Parameters:
    ///   - rows: The weights, at least one, every row as long as the first.
    ///   - anchor: Column and row of the weight on the pixel itself; `nil` takes the middle, of an even number the later of
    ///     the two.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for anything else, or weights that are not finite.
    public init(_ rows: [[Double]], anchor: (x: Int, y: Int)? = nil) throws(ImageError) {
        let columns = rows.first?.count ?? 0
        guard columns > 0, rows.allSatisfy({ $0.count == columns && $0.allSatisfy(\.isFinite) }) else {
            throw .invalidArgument("expected rows of finite weights of equal length")
        }
        (width, height, weights) = (columns, rows.count, rows.flatMap { $0 })
        (anchorX, anchorY) = anchor.map { ($0.x, $0.y) } ?? (columns / 2, rows.count / 2)
        guard (0..<width).contains(anchorX), (0..<height).contains(anchorY) else {
            throw .invalidArgument("expected an anchor within \(width) x \(height), found \(anchorX), \(anchorY)")
        }
    }
}

extension Image where Scalar: NumericScalar {
    /// The picture correlated with a kernel: pixel (x, y) becomes `Σ weight(i, j) · pixel(x + i − anchorX, y + j − anchorY)`.
    ///
    /// The kernel is not turned around. Channels and planes are filtered alike. Calculated in `Float` for samples of up to
    /// 16 bits and `Float`, else in `Double`; integers are rounded half away from zero and saturate.
    /// - Parameters:
    ///   - kernel: The weights.
    ///   - border: What lies beyond the edges.
    ///   - type: The scalar of the result.
    /// - Returns: The filtered image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func correlated<Target: NumericScalar>(
        with kernel: FilterKernel, border: BorderMode = .reflect101, as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        try checkAxes([.x, .y])
        var result: Image<Target> = try calculated(by: CorrelatePlanes(kernel: kernel, border: border))
        result.geometry = geometry
        return result
    }

    /// The picture correlated with a kernel, as the same scalar; see ``correlated(with:border:as:)``.
    public func correlated(
        with kernel: FilterKernel, border: BorderMode = .reflect101
    ) throws(ImageError) -> Image {
        try correlated(with: kernel, border: border, as: Scalar.self)
    }
}

private struct CorrelatePlanes: WeightedOperation {
    let kernel: FilterKernel
    let border: BorderMode

    @specialized(where Weight == Float)
    @specialized(where Weight == Double)
    func apply<Weight: VolumeWeight>(_ image: Image<Weight>) throws(ImageError) -> Image<Weight> {
        let padding = Padding(
            left: kernel.anchorX, right: kernel.width - 1 - kernel.anchorX, top: kernel.anchorY,
            bottom: kernel.height - 1 - kernel.anchorY)
        let padded = try image.padded(by: padding, border: border)
        let planes = try Planes(padded)
        let rowLength = image.width * planes.channels
        return try padded.mappingPlanes(planes, width: image.width, height: image.height) { source, target in
            for y in 0..<image.height {
                var row = target._mutatingExtracting(y * rowLength..<(y + 1) * rowLength)
                row.update(repeating: 0)
                for (i, weight) in kernel.weights.enumerated() where weight != 0 {
                    let (dy, dx) = i.quotientAndRemainder(dividingBy: kernel.width)
                    let start = (y + dy) * planes.rowLength + dx * planes.channels
                    accumulate(source.extracting(start..<start + rowLength), Weight(weight), into: &row)
                }
            }
        }
    }
}
