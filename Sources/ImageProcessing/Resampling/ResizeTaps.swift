import ImageCore

/// How old samples share in each new one along an axis that is resized over the same extent.
///
/// One array for all, for pictures are small and many.
struct ResizeTaps {
    /// For each new sample the first old one.
    private(set) var first: [Int] = []
    /// For each new sample where its weights begin, and where the last ones end.
    private(set) var offsets: [Int] = [0]
    /// The weights, which sum to 1 for each new sample.
    private(set) var weights: [Double] = []

    /// Number of new samples.
    var count: Int { first.count }
    /// Number of weights that a new sample has at most.
    var longest: Int {
        var result = 1
        for i in 0..<count { result = max(result, offsets[i + 1] - offsets[i]) }
        return result
    }

    /// - Precondition: both counts are above 0.
    init(from old: Int, to new: Int, _ interpolation: Interpolation, antialias: Bool) {
        first.reserveCapacity(new)
        offsets.reserveCapacity(new + 1)
        weights.reserveCapacity(new * Int(2 * interpolation.reach + 1))
        let step = Double(old) / Double(new)
        if interpolation == .linear && (!antialias || step <= 1) {
            fillLinear(step, new, old)
            return
        }
        for i in 0..<new {
            // Whole numbers are centers of old samples.
            let center = (Double(i) + 0.5) * step - 0.5
            switch interpolation {
            case .nearest: append((2 * i + 1) * old / (2 * new))
            case .area: appendArea(Double(i) * step, Double(i + 1) * step, old)
            default: append(center, old, interpolation, stretch: antialias ? max(1, step) : 1, antialias)
            }
            offsets.append(weights.count)
        }
    }

    private mutating func append(_ place: Int) {
        first.append(place)
        weights.append(1)
    }

    private mutating func appendArea(_ low: Double, _ high: Double, _ count: Int) {
        let taps = AxisWeights<Double>.box(low, high, count)
        first.append(taps.first)
        weights += taps.weights
    }

    private mutating func fillLinear(_ step: Double, _ new: Int, _ count: Int) {
        for i in 0..<new {
            let place = min(max((Double(i) + 0.5) * step - 0.5, 0), Double(count - 1))
            let index = Int(place)
            let share = place - Double(index)
            first.append(index)
            weights.append(1 - share)
            // A sample without weight is left out: it may be NaN or lie outside.
            if share > 0 { weights.append(share) }
            offsets.append(weights.count)
        }
    }

    private mutating func append(
        _ center: Double, _ count: Int, _ interpolation: Interpolation, stretch: Double, _ antialias: Bool
    ) {
        let reach = interpolation.reach * stretch
        let (low, high) = (Int((center - reach).rounded(.up)), Int((center + reach).rounded(.down)))
        // Stretched filters end at the edge of the image as Pillow has it; others repeat the outermost sample.
        let (start, end) = (min(max(low, 0), count - 1), min(max(high, 0), count - 1))
        let begin = weights.count
        for _ in start...end { weights.append(0) }
        for position in low...high where !antialias || (position >= start && position <= end) {
            weights[begin + min(max(position, start), end) - start] += interpolation.weight(
                (Double(position) - center) / stretch)
        }
        first.append(start + trim(from: begin))
    }

    /// Takes away samples without weight at both ends, for they may be NaN, and makes the others sum to 1; gives the number
    /// taken away at the start.
    private mutating func trim(from begin: Int) -> Int {
        while weights.count > begin + 1, let last = weights.last, last == 0 { weights.removeLast() }
        var leading = 0
        while leading < weights.count - begin - 1 && weights[begin + leading] == 0 { leading += 1 }
        weights.removeSubrange(begin..<begin + leading)
        var sum = 0.0
        for i in begin..<weights.count { sum += weights[i] }
        for i in begin..<weights.count { weights[i] = sum == 0 ? 1 : weights[i] / sum }
        return leading
    }
}

extension AxisWeights {
    /// The weights of an axis that is resized.
    init(_ taps: ResizeTaps) {
        self.init(
            (0..<taps.count).map { (taps.first[$0], Array(taps.weights[taps.offsets[$0]..<taps.offsets[$0 + 1]])) })
    }
}
