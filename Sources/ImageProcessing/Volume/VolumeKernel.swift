import ImageCore

/// A type that volumes are weighed in.
protocol VolumeWeight: BinaryFloatingPoint, BitwiseCopyable, Sendable, NumericScalar {}

extension Float: VolumeWeight {}
extension Double: VolumeWeight {}

/// Weighs the samples of a volume, slice by slice: slices first, then rows, then columns.
///
/// A row goes through all three before the next one begins, so that what is between stays in the nearest cache. Sums of
/// rows and the conversion of the result are vectorized; columns have one loop for each usual number of weights.
struct VolumeKernel<Weight: VolumeWeight>: Sendable {
    private let shape: VolumeShape
    private let x: AxisWeights<Weight>
    private let y: AxisWeights<Weight>
    private let z: AxisWeights<Weight>

    /// A kernel for volumes of one shape.
    ///
    /// - Parameters:
    ///   - shape: The shape.
    ///   - grid: The new samples.
    ///   - isFinite: Whether no sample is NaN or infinite: then weights of 0 do no harm.
    init(_ shape: VolumeShape, _ grid: VolumeGrid, isFinite: Bool) {
        self.shape = shape
        x = isFinite ? AxisWeights(grid.x).evened(sourceCount: grid.x.sourceCount) : AxisWeights(grid.x)
        (y, z) = (AxisWeights(grid.y), AxisWeights(grid.z))
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
        let (length, newLength) = (shape.rowLength, x.count * shape.channels)
        let start = volume * shape.depth * shape.sliceLength
        // Row r of the weighed slices stays in slot r % slots for as long as it is needed.
        let slots = y.largestTapCount
        var ring = [Weight](repeating: 0, count: slots * length)
        var row = [Weight](repeating: 0, count: length)
        var columns = [Weight](repeating: 0, count: newLength)
        var known = 0
        for line in 0..<y.count {
            let needed = y.first[line]..<y.first[line] + y.taps(line).count
            // Of weights in another order than that of the rows, rows are weighed again.
            if needed.lowerBound < known - slots { known = needed.lowerBound }
            for r in max(known, needed.lowerBound)..<max(known, needed.upperBound) {
                var rows = ring.mutableSpan
                let places = RowPlaces(start: start + r * length, step: shape.sliceLength, length: length)
                weigh(source, places, z, slice, into: &rows, at: r % slots * length)
            }
            known = max(known, needed.upperBound)
            var sums = row.mutableSpan
            let places = RowPlaces(start: 0, step: length, slots: slots, length: length)
            weigh(ring.span, places, y, line, into: &sums, at: 0)
            var results = columns.mutableSpan
            weighColumns(sums.span, x, channels: shape.channels, into: &results)
            convert(results.span, into: &output, at: line * newLength)
        }
    }
}

/// Where rows lie in memory.
private struct RowPlaces {
    /// The first.
    let start: Int
    /// From one to the next.
    let step: Int
    /// How many there is room for before they begin anew.
    var slots = Int.max
    /// Number of samples of each.
    let length: Int

    func range(_ row: Int) -> Range<Int> {
        let low = start + row % slots * step
        return low..<low + length
    }
}

/// Weighs whole rows: the sum of all that share in one new sample of an axis.
///
/// - Parameters:
///   - source: The rows.
///   - places: Where the row of each old sample lies.
///   - axis: The weights.
///   - index: The new sample.
///   - sums: What the sum is written to.
///   - start: Where it begins there.
private func weigh<Sample: ImageScalar, Weight: VolumeWeight>(
    _ source: Span<Sample>, _ places: RowPlaces, _ axis: AxisWeights<Weight>, _ index: Int,
    into sums: inout MutableSpan<Weight>, at start: Int
) {
    let (first, taps, weights) = (axis.first[index], axis.taps(index), axis.weights)
    let row = source.extracting(places.range(first))
    guard taps.count > 1 else { return setWeighted(row, weights[taps.lowerBound], to: &sums, at: start) }
    setWeighted(
        row, weights[taps.lowerBound], source.extracting(places.range(first + 1)), weights[taps.lowerBound + 1],
        to: &sums, at: start)
    for tap in taps.dropFirst(2) {
        let place = places.range(first + tap - taps.lowerBound)
        addWeighted(source.extracting(place), weights[tap], to: &sums, at: start)
    }
}
