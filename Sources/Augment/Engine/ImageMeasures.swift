import ImageCore

extension ImageMeasures {
    /// The statistics of an image with channels first, in C order.
    init(of image: Image<Float>) {
        (mean, deviation, minimum, maximum) = ([], [], [], [])
        let length = image.count / max(1, image.channels)
        let samples = image.samples
        for channel in 0..<image.channels {
            let plane = samples.extracting(channel * length..<(channel + 1) * length)
            let sums = PlaneSums(of: plane)
            let center = sums.sum / Double(max(1, length))
            mean.append(sums.origin + center)
            deviation.append(max(0, sums.squares / Double(max(1, length)) - center * center).squareRoot())
            minimum.append(Double(sums.lowest))
            maximum.append(Double(sums.highest))
        }
    }
}

/// Sums of the distances from the first sample: near the mean or not, they keep small deviations of large values.
private struct PlaneSums {
    let origin: Double
    private(set) var (sum, squares) = (0.0, 0.0)
    private(set) var (lowest, highest) = (Float.infinity, -Float.infinity)

    /// Eight sums side by side, which the compiler turns into vectors; their order does not depend on the machine.
    init(of plane: Span<Float>) {
        origin = plane.isEmpty ? 0 : Double(plane[0])
        var (sums, squareSums) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        var (low, high) = (SIMD8<Float>(repeating: .infinity), SIMD8<Float>(repeating: -.infinity))
        let whole = plane.count & ~7
        for i in stride(from: 0, to: whole, by: 8) {
            let values = SIMD8(
                plane[i], plane[i &+ 1], plane[i &+ 2], plane[i &+ 3], plane[i &+ 4], plane[i &+ 5], plane[i &+ 6],
                plane[i &+ 7])
            low = low.replacing(with: values, where: values .< low)
            high = high.replacing(with: values, where: values .> high)
            let distances = SIMD8<Double>(values) - origin
            sums += distances
            squareSums += distances * distances
        }
        (sum, squares, lowest, highest) = (sums.sum(), squareSums.sum(), low.min(), high.max())
        for i in whole..<plane.count {
            let distance = Double(plane[i]) - origin
            sum += distance
            squares += distance * distance
            lowest = Swift.min(lowest, plane[i])
            highest = Swift.max(highest, plane[i])
        }
    }
}
