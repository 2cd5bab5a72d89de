/// How the pixels along one axis of a source share in the pixels of an output: each output pixel is the mean of the part
/// of the source that it covers (box filter), with the exact fraction of the pixels at both ends.
///
/// Output pixel i covers `[start + i·length/n, start + (i+1)·length/n)` of the window in source pixels. Only pixels
/// inside the source count: where a part of that interval lies outside, the mean is that of the inside part; an interval
/// that lies wholly outside takes the nearest pixel. The same rule holds when the output is larger than the window.
public struct AreaWeights: Sendable, Hashable {
    /// Number of source pixels.
    public let sourceLength: Int
    /// Number of output pixels.
    public let outputLength: Int
    /// The source pixels that share in any output pixel.
    public let sourceRange: Range<Int>
    /// Number of source pixels in each output pixel when all are whole and equally many; `nil` otherwise.
    public let integerRatio: Int?
    /// For each output pixel the first source pixel, and where its weights begin.
    let first: [Int]
    let offsets: [Int]
    let weights: [Float]

    /// The weights of one axis.
    ///
    /// - Parameters:
    ///   - sourceLength: Number of source pixels, at least 1.
    ///   - windowStart: Where the window begins, in source pixels; finite.
    ///   - windowLength: Length of the window in source pixels; finite and above 0.
    ///   - outputLength: Number of output pixels, at least 1.
    /// - Precondition: the ranges above.
    public init(sourceLength: Int, windowStart: Double, windowLength: Double, outputLength: Int) {
        precondition(sourceLength > 0 && outputLength > 0, "lengths above 0")
        precondition(windowStart.isFinite && windowLength.isFinite && windowLength > 0, "a window with a length")
        self.sourceLength = sourceLength
        self.outputLength = outputLength
        var first = [Int]()
        var offsets = [0]
        var weights = [Float]()
        for i in 0..<outputLength {
            let low = windowStart + windowLength * Double(i) / Double(outputLength)
            let high = windowStart + windowLength * Double(i + 1) / Double(outputLength)
            first.append(Self.appendWeights(low, high, sourceLength, to: &weights))
            offsets.append(weights.count)
        }
        self.first = first
        self.offsets = offsets
        self.weights = weights
        let last = (0..<outputLength).map { first[$0] + offsets[$0 + 1] - offsets[$0] }
        sourceRange = (first.min() ?? 0)..<(last.max() ?? 1)
        integerRatio = Self.ratio(sourceLength, windowStart, windowLength, outputLength)
    }

    /// Appends the weights of one output pixel, which sum to 1, and gives its first source pixel.
    private static func appendWeights(
        _ low: Double, _ high: Double, _ length: Int, to weights: inout [Float]
    ) -> Int {
        let end = Double(length)
        let low = min(max(low, 0), end)
        let high = min(max(high, 0), end)
        guard high > low else {
            weights.append(1)
            return min(Int(low), length - 1)
        }
        let firstPixel = min(Int(low), length - 1)
        let lastPixel = max(firstPixel, Int(high.rounded(.up)) - 1)
        for pixel in firstPixel...lastPixel {
            let covered = min(high, Double(pixel + 1)) - max(low, Double(pixel))
            weights.append(Float(covered / (high - low)))
        }
        return firstPixel
    }

    private static func ratio(_ source: Int, _ start: Double, _ length: Double, _ output: Int) -> Int? {
        let ratio = (length / Double(output)).rounded()
        guard start >= 0, start == start.rounded(), ratio >= 1, ratio * Double(output) == length,
            start + length <= Double(source)
        else { return nil }
        return Int(ratio)
    }
}
