/// A map of stored whole numbers to samples, with padding that is replaced.
struct SampleMap: Sendable {
    var slope: Double
    var intercept: Double
    /// Empty (low above high) without padding.
    var paddingLow: Int64 = 1
    var paddingHigh: Int64 = 0
    /// What stands for padding.
    var fill = 0.0
}

/// Whole numbers to whole numbers; results saturate.
func convert<Source: FixedWidthInteger, Target: FixedWidthInteger>(
    _ source: Span<Source>, to target: inout MutableSpan<Target>, _ map: SampleMap
) {
    let count = target.count
    precondition(source.count == count, "as many stored values as samples")
    let (slope, intercept, fill) = (Int64(map.slope), Int64(map.intercept), Target(map.fill))
    for i in 0..<count {
        let stored = Int64(source[i])
        let value = Target(clamping: stored &* slope &+ intercept)
        target[i] = (stored >= map.paddingLow) && (stored <= map.paddingHigh) ? fill : value
    }
}

/// Whole numbers to floating point, by way of Double, so that every sample is the nearest to the exact one.
func convert<Source: FixedWidthInteger, Target: BinaryFloatingPoint>(
    _ source: Span<Source>, to target: inout MutableSpan<Target>, _ map: SampleMap
) {
    let count = target.count
    precondition(source.count == count, "as many stored values as samples")
    let (slope, intercept, fill) = (map.slope, map.intercept, Target(map.fill))
    guard map.paddingLow <= map.paddingHigh else {
        for i in 0..<count { target[i] = Target(Double(source[i]) * slope + intercept) }
        return
    }
    for i in 0..<count {
        let stored = Int64(source[i])
        let value = Target(Double(source[i]) * slope + intercept)
        target[i] = (stored >= map.paddingLow) && (stored <= map.paddingHigh) ? fill : value
    }
}

/// Floating point to floating point.
func convert<Source: BinaryFloatingPoint, Target: BinaryFloatingPoint>(
    floating source: Span<Source>, to target: inout MutableSpan<Target>, _ map: SampleMap
) {
    let count = target.count
    precondition(source.count == count, "as many stored values as samples")
    let (slope, intercept) = (map.slope, map.intercept)
    for i in 0..<count { target[i] = Target(Double(source[i]) * slope + intercept) }
}
