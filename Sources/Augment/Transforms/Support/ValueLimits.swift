import ImageProcessing
import ImageCore

/// The smallest and the largest value of an image.
enum ValueLimits {
    /// The limits; NaN does not count, and an image without numbers has 0…0.
    static func limits(of image: Image<Float>) -> ClosedRange<Double> {
        var (lower, upper) = (Float.infinity, -Float.infinity)
        let samples = image.samples
        for i in 0..<samples.count where samples[i] == samples[i] {
            lower = min(lower, samples[i])
            upper = max(upper, samples[i])
        }
        return lower <= upper ? Double(lower)...Double(upper) : 0...0
    }
}

/// Pairs of parameters of which one must be below the other.
enum Limits {
    /// What is wrong with two numbers; `nil` where the lower one is below the upper one.
    static func conflict(
        _ lowerName: String, _ lower: Double, _ upperName: String, _ upper: Double
    ) -> (expected: String, found: String)? {
        guard lower >= upper else { return nil }
        return (expected: "\(lowerName) below \(upperName)", found: "\(lower.shortText), \(upper.shortText)")
    }

    /// What is wrong with two distributions; `nil` where whatever is drawn from the first is below the second.
    static func conflict(lower: Distribution, upper: Distribution) -> (expected: String, found: String)? {
        guard lower.bounds.upperBound >= upper.bounds.lowerBound else { return nil }
        return (
            expected: "lower below upper whatever is drawn",
            found: "\(lower.pipelineValue.flowText), \(upper.pipelineValue.flowText)"
        )
    }
}
