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
