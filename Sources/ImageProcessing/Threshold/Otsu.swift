/// The threshold that separates a histogram into two classes with the largest variance between them.
///
/// N. Otsu, "A threshold selection method from gray-level histograms", IEEE Trans. SMC 9 (1979). The threshold itself
/// belongs to the lower class: values ≤ threshold are one class and values > threshold the other, as in OpenCV and
/// scikit-image. Of several thresholds that are equally good the lowest is taken; when all samples have one value that
/// value is given, and 0 for a histogram without samples.
///
/// - Parameter histogram: How often each value occurs; the value is the index.
/// - Returns: The largest value of the lower class.
public func otsuThreshold(_ histogram: [Int]) -> Int {
    let total = Double(histogram.reduce(0, +))
    let sum = histogram.indices.reduce(0.0) { $0 + Double($1) * Double(histogram[$1]) }
    guard let single = histogram.firstIndex(where: { $0 > 0 }) else { return 0 }
    var (best, threshold) = (0.0, single)
    var (lowerCount, lowerSum) = (0.0, 0.0)
    for value in histogram.indices {
        lowerCount += Double(histogram[value])
        lowerSum += Double(value) * Double(histogram[value])
        let upperCount = total - lowerCount
        guard lowerCount > 0, upperCount > 0 else { continue }
        let distance = lowerSum / lowerCount - (sum - lowerSum) / upperCount
        let variance = lowerCount * upperCount * distance * distance
        if variance > best { (best, threshold) = (variance, value) }
    }
    return threshold
}
