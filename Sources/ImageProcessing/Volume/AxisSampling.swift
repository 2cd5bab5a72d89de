/// Where the samples of a new axis lie on an old one, in pixels of the old: pixel i covers [i, i + 1).
struct AxisSampling: Hashable {
    /// Number of old samples.
    let sourceCount: Int
    /// Number of new samples.
    let count: Int
    /// The near edge of the first new sample.
    let start: Double
    /// The length of a new sample.
    let step: Double

    /// Whether old and new samples are the same.
    var isIdentity: Bool { count == sourceCount && start == 0 && step == 1 }

    /// The old sample that holds the center of each new one; a center on an edge belongs to the later sample.
    var nearest: [Int] {
        (0..<count).map { i in
            let center = start + (Double(i) + 0.5) * step
            return Int(min(max(center.rounded(.down), 0), Double(sourceCount - 1)))
        }
    }
}

/// How old samples share in each new one along an axis.
///
/// Where new samples are no longer than old ones they are interpolated linearly between the centers of the old; beyond the
/// outermost centers the outermost sample counts. Longer samples are the mean of what they cover (box filter), as
/// ``AreaWeights`` has it: of an interval that reaches outside only the inside part counts. At equal length both are the same.
struct AxisWeights<Weight: BinaryFloatingPoint & BitwiseCopyable & Sendable>: Sendable {
    /// For each new sample the first old one, and where its weights begin.
    private(set) var first: [Int] = []
    private(set) var offsets: [Int] = [0]
    private(set) var weights: [Weight] = []

    var count: Int { first.count }

    /// The weights of a new sample.
    func taps(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }

    /// The largest number of weights of a new sample.
    var largestTapCount: Int { (0..<count).map { taps($0).count }.max() ?? 1 }

    /// The end of the old samples that have a weight.
    private(set) var sourceEnd = 0
    /// The number of weights of every new sample; `nil` when they differ.
    private(set) var evenTapCount: Int?

    init(_ sampling: AxisSampling) {
        for i in 0..<sampling.count {
            let low = sampling.start + Double(i) * sampling.step
            let taps =
                sampling.step > 1
                ? Self.box(low, low + sampling.step, sampling.sourceCount)
                : Self.linear(low + sampling.step / 2, sampling.sourceCount)
            first.append(taps.first)
            weights += taps.weights.map { Weight($0) }
            offsets.append(weights.count)
        }
        measure()
    }

    /// Notes what loops over the weights have to know.
    private mutating func measure() {
        sourceEnd = (0..<count).map { first[$0] + taps($0).count }.max() ?? 0
        guard let even = offsets.dropFirst().first else { return }
        evenTapCount = offsets.enumerated().allSatisfy { $1 == $0 * even } ? even : nil
    }

    /// The same weights, each new sample with as many as the one that has most, where the old samples suffice.
    ///
    /// Weights of 0 fill up, so this is for samples that are finite. A loop over a fixed number of weights is faster.
    func evened(sourceCount: Int) -> AxisWeights {
        let wanted = largestTapCount
        guard evenTapCount == nil, wanted <= min(sourceCount, 3) else { return self }
        var result = self
        result.weights = []
        for index in 0..<count {
            let own = weights[taps(index)]
            // At the end of the axis zeros come first.
            let shift = max(0, first[index] + wanted - sourceCount)
            result.first[index] -= shift
            result.weights += repeatElement(0, count: shift) + own
            result.weights += repeatElement(0, count: wanted - shift - own.count)
            result.offsets[index + 1] = result.weights.count
        }
        (result.evenTapCount, result.sourceEnd) = (wanted, sourceCount)
        return result
    }

    /// The weights that are given for each new sample.
    init(_ taps: [(first: Int, weights: [Double])]) {
        for tap in taps {
            first.append(tap.first)
            weights += tap.weights.map { Weight($0) }
            offsets.append(weights.count)
        }
        measure()
    }

    private static func linear(_ center: Double, _ count: Int) -> (first: Int, weights: [Double]) {
        let place = min(max(center - 0.5, 0), Double(count - 1))
        let index = Int(place)
        let fraction = place - Double(index)
        // A sample without weight is left out: it may be NaN or lie outside.
        return (index, fraction > 0 ? [1 - fraction, fraction] : [1])
    }

    static func box(_ low: Double, _ high: Double, _ count: Int) -> (first: Int, weights: [Double]) {
        let end = Double(count)
        let (low, high) = (min(max(low, 0), end), min(max(high, 0), end))
        guard high > low else { return (min(Int(low), count - 1), [1]) }
        let first = min(Int(low), count - 1)
        let last = min(count - 1, max(first, Int(high.rounded(.up)) - 1))
        return (first, (first...last).map { (min(high, Double($0 + 1)) - max(low, Double($0))) / (high - low) })
    }
}
