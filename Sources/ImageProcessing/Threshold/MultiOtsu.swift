public import ImageCore

/// The thresholds that separate a histogram into classes with the largest variance between them.
///
/// Otsu's criterion for more than two classes (Liao, Chen and Chung, 2001), solved exactly by dynamic programming in
/// n · bins² steps. Each threshold belongs to the lower class. With one threshold the criterion is that of
/// ``otsuThreshold(_:)``. Of equally good sets the one with the lowest thresholds is taken.
///
/// - Parameters:
///   - histogram: How often each value occurs; the value is the index.
///   - count: Number of thresholds: one less than classes.
/// - Returns: The largest value of every class but the last, rising.
/// - Throws: ``ImageError/invalidArgument(_:)`` for a count below 1, fewer occupied values than classes, or more than
///   4,096 bins.
public func otsuThresholds(_ histogram: [Int], count: Int) throws(ImageError) -> [Int] {
    guard count > 0, histogram.count <= 4096, histogram.count(where: { $0 > 0 }) > count else {
        throw .invalidArgument("expected \(count + 1) values or more that occur, in at most 4096 bins")
    }
    let bins = histogram.count
    // Sums up to each value, so that the variance of any class is two differences away.
    var (weights, sums) = ([0.0], [0.0])
    for (value, number) in histogram.enumerated() {
        weights.append(weights[value] + Double(number))
        sums.append(sums[value] + Double(number) * Double(value))
    }
    func share(_ first: Int, _ end: Int) -> Double {
        let weight = weights[end] - weights[first]
        let sum = sums[end] - sums[first]
        return weight > 0 ? sum * sum / weight : 0
    }
    var best = (0...bins).map { share(0, $0) }
    var ends: [[Int]] = []
    for _ in 0..<count {
        var next = [Double](repeating: -1, count: bins + 1)
        var last = [Int](repeating: 0, count: bins + 1)
        for end in 1...bins {
            for middle in 0..<end {
                let value = best[middle] + share(middle, end)
                // Sums of products differ in their last bits where classes are the same.
                if value > next[end] * (1 + 1e-14) { (next[end], last[end]) = (value, middle) }
            }
        }
        best = next
        ends.append(last)
    }
    var thresholds: [Int] = []
    var end = bins
    for last in ends.reversed() {
        end = last[end]
        thresholds.append(end - 1)
    }
    return thresholds.reversed()
}
