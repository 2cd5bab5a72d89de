extension Image {
    /// Takes every sample into a result, in an order that is not defined.
    @inlinable
    public func reduce<Result, Failure: Error>(
        into initial: Result, _ update: (inout Result, Scalar) throws(Failure) -> Void
    ) throws(Failure) -> Result {
        var result = initial
        try foldSamples(block, layout, into: &result, update)
        return result
    }

    /// Number of samples that meet a condition.
    @inlinable
    public func count(where condition: (Scalar) -> Bool) -> Int {
        reduce(into: 0) { $0 += condition($1) ? 1 : 0 }
    }

    /// Whether a sample has a value.
    @inlinable
    public func contains(_ value: Scalar) -> Bool { count { $0 == value } > 0 }
}

extension Image where Scalar: NumericScalar {
    /// The smallest and the largest sample; NaN is passed over.
    ///
    /// - Throws: ``ImageError/emptyImage`` when there is no sample, or none but NaN.
    @inlinable
    public func range() throws(ImageError) -> ClosedRange<Scalar> {
        guard let first = firstNumber() else { throw .emptyImage }
        let extrema = reduce(into: Extrema(minimum: first, maximum: first)) { $0.include($1) }
        return extrema.minimum...extrema.maximum
    }

    /// Any sample that is not NaN.
    @inlinable
    func firstNumber() -> Scalar? {
        guard !isEmpty else { return nil }
        let first = block[layout.offset]
        if first == first { return first }
        return reduce(into: Scalar?.none) { if $1 == $1 { $0 = $1 } }
    }

    /// The smallest sample; NaN is passed over.
    ///
    /// - Throws: ``ImageError/emptyImage`` when there is no sample, or none but NaN.
    @inlinable
    public func minimum() throws(ImageError) -> Scalar { try range().lowerBound }

    /// The largest sample; NaN is passed over.
    ///
    /// - Throws: ``ImageError/emptyImage`` when there is no sample, or none but NaN.
    @inlinable
    public func maximum() throws(ImageError) -> Scalar { try range().upperBound }

    /// The sum of all samples; 0 for an empty image, NaN when a sample is NaN.
    ///
    /// Integers are added up exactly; the result is exact up to 2⁵³.
    @inlinable
    public func sum() -> Double {
        sumSamples(block, layout)
    }

    /// The mean of all samples.
    ///
    /// - Throws: ``ImageError/emptyImage``.
    @inlinable
    public func mean() throws(ImageError) -> Double {
        guard !isEmpty else { throw .emptyImage }
        return sum() / Double(count)
    }
}

/// The smallest and largest of the samples seen so far.
@usableFromInline
struct Extrema<Scalar: NumericScalar> {
    @usableFromInline var minimum: Scalar
    @usableFromInline var maximum: Scalar

    @inlinable
    init(minimum: Scalar, maximum: Scalar) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// NaN compares as `false` and changes nothing.
    @inlinable
    mutating func include(_ value: Scalar) {
        minimum = value < minimum ? value : minimum
        maximum = value > maximum ? value : maximum
    }
}
