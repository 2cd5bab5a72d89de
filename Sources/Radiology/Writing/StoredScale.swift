import Formats
import ImageCore

/// The values that an image has.
struct ValueSpan: Sendable, Hashable {
    var low = Double.infinity
    var high = -Double.infinity
    /// Whether every value is a whole number below 2⁵³.
    var isWhole = true
    /// Whether every value is finite.
    var isFinite = true
}

/// Finds the values of an image.
struct FindValueSpan: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> ValueSpan {
        var span = ValueSpan()
        let image = image.contiguous()
        let samples = image.samples
        for i in 0..<samples.count {
            let value = samples[i].saturated(to: Double.self)
            span.low = min(span.low, value)
            span.high = max(span.high, value)
            if value.rounded(.towardZero) != value { span.isWhole = false }
            if !value.isFinite { span.isFinite = false }
        }
        if span.high > 0x1p53 || span.low < -0x1p53 { span.isWhole = false }
        return span
    }
}

/// How values become numbers of 16 bits: `value = slope · stored + intercept`.
struct StoredScale: Sendable, Hashable {
    /// Whether stored numbers have a sign.
    var isSigned = false
    /// As the file's text gives it back.
    var slope = 1.0
    /// As the file's text gives it back.
    var intercept = 0.0
    /// The largest distance between a value and what a reader gets.
    var maximumError = 0.0

    private static let steps = 65535.0

    /// The scale that loses least.
    ///
    /// | values | stored |
    /// |---|---|
    /// | whole, −32768…32767 | as they are, with sign |
    /// | whole, 0…65535 | as they are, without sign |
    /// | whole, highest − lowest ≤ 65535 | less the lowest value, which is the intercept |
    /// | others | 65536 steps from the lowest to the highest value; at most half a step off |
    init(_ span: ValueSpan) {
        if span.isWhole && span.low >= -32768 && span.high <= 32767 {
            isSigned = true
        } else if span.isWhole && span.low >= 0 && span.high <= Self.steps {
            isSigned = false
        } else if span.isWhole && span.high - span.low <= Self.steps && abs(span.low) < 0x1p40 {
            intercept = span.low
        } else if !span.isFinite || !(span.high - span.low).isFinite || max(abs(span.low), abs(span.high)) > 1e300 {
            maximumError = .infinity
        } else {
            intercept = DICOMDecimal.value(span.low)
            let exact = (span.high - intercept) / Self.steps
            if exact > 1e-300 { slope = DICOMDecimal.value(exact) }
            let beyond = max(0, intercept - span.low, span.high - intercept - Self.steps * slope)
            maximumError = exact > 1e-300 ? slope / 2 + beyond : beyond
        }
    }
}

/// Makes the stored numbers of one slice.
struct StoreSamples: ImageVisitor {
    let scale: StoredScale
    /// Number of the slice in memory order.
    let slice: Int

    /// The bits of the numbers, with or without sign, of an image in C order that ends with y and x.
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt16] {
        let samples = image.samples
        let count = image.height * image.width
        let start = slice * count
        var words = [UInt16](repeating: 0, count: count)
        let (low, high) = scale.isSigned ? (-32768.0, 32767.0) : (0.0, 65535.0)
        let (slope, intercept) = (scale.slope, scale.intercept)
        for i in 0..<count {
            let value = ((samples[start + i].saturated(to: Double.self) - intercept) / slope).rounded()
            words[i] = UInt16(truncatingIfNeeded: Int(min(high, max(low, value))))
        }
        return words
    }
}
