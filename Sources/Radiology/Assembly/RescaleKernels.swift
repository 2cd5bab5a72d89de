/// Which stored values are padding, and what stands for them in the volume.
struct PaddingRule<Scalar: Sendable>: Sendable {
    /// Stored values that are padding.
    let range: ClosedRange<Int32>
    /// The value that takes their place.
    let fill: Scalar
}

/// A slope and an intercept of whole numbers.
struct IntegerRescale: Sendable, Hashable {
    /// Slope.
    var slope: Int32
    /// Intercept.
    var intercept: Int32
}

/// Rescales 16-bit words to Int16 where they lie; results beyond Int16 saturate.
///
/// The words are decoded stored values, with or without sign. Products and sums must fit Int32.
func rescaleInPlace(
    _ words: inout MutableSpan<Int16>, isSigned: Bool, rescale: IntegerRescale, padding: PaddingRule<Int16>?
) {
    if let padding {
        isSigned
            ? signedPadded(&words, rescale, padding) : unsignedPadded(&words, rescale, padding)
    } else if rescale.slope != 1 {
        isSigned ? signed(&words, rescale) : unsigned(&words, rescale)
    } else if isSigned {
        if rescale.intercept != 0 { signedSum(&words, rescale.intercept) }
    } else {
        unsignedSum(&words, rescale.intercept)
    }
}

private func signedSum(_ words: inout MutableSpan<Int16>, _ intercept: Int32) {
    let count = words.count
    for i in 0..<count { words[i] = saturated(Int32(words[i]) &+ intercept) }
}

private func unsignedSum(_ words: inout MutableSpan<Int16>, _ intercept: Int32) {
    let count = words.count
    for i in 0..<count { words[i] = saturated(Int32(UInt16(bitPattern: words[i])) &+ intercept) }
}

private func signed(_ words: inout MutableSpan<Int16>, _ rescale: IntegerRescale) {
    let count = words.count
    for i in 0..<count {
        words[i] = saturated(Int32(words[i]) &* rescale.slope &+ rescale.intercept)
    }
}

private func unsigned(_ words: inout MutableSpan<Int16>, _ rescale: IntegerRescale) {
    let count = words.count
    for i in 0..<count {
        let stored = UInt16(bitPattern: words[i])
        words[i] = saturated(Int32(stored) &* rescale.slope &+ rescale.intercept)
    }
}

private func signedPadded(
    _ words: inout MutableSpan<Int16>, _ rescale: IntegerRescale, _ padding: PaddingRule<Int16>
) {
    let count = words.count
    let (low, high, fill) = (padding.range.lowerBound, padding.range.upperBound, padding.fill)
    for i in 0..<count {
        let stored = Int32(words[i])
        let value = saturated(stored &* rescale.slope &+ rescale.intercept)
        words[i] = (stored >= low) && (stored <= high) ? fill : value
    }
}

private func unsignedPadded(
    _ words: inout MutableSpan<Int16>, _ rescale: IntegerRescale, _ padding: PaddingRule<Int16>
) {
    let count = words.count
    let (low, high, fill) = (padding.range.lowerBound, padding.range.upperBound, padding.fill)
    for i in 0..<count {
        let stored = Int32(UInt16(bitPattern: words[i]))
        let value = saturated(stored &* rescale.slope &+ rescale.intercept)
        words[i] = (stored >= low) && (stored <= high) ? fill : value
    }
}

/// The nearest value of Int16; written so that loops vectorize, which they do not with `Int16(clamping:)`.
@inline(__always)
private func saturated(_ value: Int32) -> Int16 {
    Int16(truncatingIfNeeded: min(max(value, Int32(Int16.min)), Int32(Int16.max)))
}
