import ImageCore

/// A type that volumes are weighed in.
protocol VolumeWeight: BinaryFloatingPoint, BitwiseCopyable, Sendable, NumericScalar {}

extension Float: VolumeWeight {}
extension Double: VolumeWeight {}

/// Weighs the samples of a volume, slice by slice: slices first, then rows, then columns.
///
/// Sums of whole slices and rows are vectorized; the columns that remain are few.
struct VolumeKernel<Weight: VolumeWeight>: Sendable {
    private let shape: VolumeShape
    private let x: AxisWeights<Weight>
    private let y: AxisWeights<Weight>
    private let z: AxisWeights<Weight>

    init(_ shape: VolumeShape, _ grid: VolumeGrid) {
        self.shape = shape
        (x, y, z) = (AxisWeights(grid.x), AxisWeights(grid.y), AxisWeights(grid.z))
    }

    init(_ shape: VolumeShape, x: AxisWeights<Weight>, y: AxisWeights<Weight>, z: AxisWeights<Weight>) {
        self.shape = shape
        (self.x, self.y, self.z) = (x, y, z)
    }

    /// Number of slices of the result, of all volumes.
    var sliceCount: Int { shape.outer * z.count }

    /// Works out one slice of the result.
    func fillSlice<Scalar: ImageScalar>(
        _ index: Int, _ source: Span<Scalar>, into output: inout MutableSpan<Scalar>
    ) {
        let (volume, slice) = index.quotientAndRemainder(dividingBy: z.count)
        let first = (volume * shape.depth + z.first[slice]) * shape.sliceLength
        var plane = [Weight](repeating: 0, count: shape.sliceLength)
        var sums = plane.mutableSpan
        for (tap, weight) in z.weights[z.offsets[slice]..<z.offsets[slice + 1]].enumerated() {
            let start = first + tap * shape.sliceLength
            addWeighted(source.extracting(start..<start + shape.sliceLength), weight, to: &sums, isFirst: tap == 0)
        }
        var row = [Weight](repeating: 0, count: shape.rowLength)
        var rowSums = row.mutableSpan
        for line in 0..<y.count {
            for tap in y.offsets[line]..<y.offsets[line + 1] {
                let start = (y.first[line] + tap - y.offsets[line]) * shape.rowLength
                addWeighted(
                    sums.span.extracting(start..<start + shape.rowLength), y.weights[tap], to: &rowSums,
                    isFirst: tap == y.offsets[line])
            }
            weighColumns(rowSums.span, into: &output, at: line * x.count * shape.channels)
        }
    }

    private func weighColumns<Scalar: ImageScalar>(
        _ row: Span<Weight>, into output: inout MutableSpan<Scalar>, at line: Int
    ) {
        let (first, offsets, weights, channels) = (x.first.span, x.offsets.span, x.weights.span, shape.channels)
        for column in 0..<x.count {
            let taps = offsets[column]..<offsets[column + 1]
            for channel in 0..<channels {
                var place = first[column] * channels + channel
                var sum = weights[taps.lowerBound] * row[place]
                for tap in taps.dropFirst() {
                    place &+= channels
                    sum += weights[tap] * row[place]
                }
                output[line + column * channels + channel] = Scalar(converting: sum)
            }
        }
    }
}

/// Adds samples times a weight to sums; the first set them.
private func addWeighted<Scalar: ImageScalar, Weight: VolumeWeight>(
    _ source: Span<Scalar>, _ weight: Weight, to sums: inout MutableSpan<Weight>, isFirst: Bool
) {
    let count = sums.count
    precondition(source.count == count, "spans of equal length")
    var i = 0
    if isFirst {
        while i < count {
            sums[i] = source[i].saturated(to: Weight.self) * weight
            i &+= 1
        }
    } else {
        while i < count {
            sums[i] += source[i].saturated(to: Weight.self) * weight
            i &+= 1
        }
    }
}
