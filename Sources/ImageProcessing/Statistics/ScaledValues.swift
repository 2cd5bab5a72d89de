public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with its smallest sample at one end of a range and its largest at the other, as another scalar.
    ///
    /// An image of one value takes the near end. The domain becomes the range. Infinities and NaN are not numbers to start
    /// from: an image with an infinite sample is refused, NaN is passed over and kept (0 for integers).
    /// - Parameters:
    ///   - range: The new smallest and largest value.
    ///   - type: The scalar of the result; integers are rounded half away from zero and saturate.
    /// - Returns: The image in C order.
    /// - Throws: ``ImageError/emptyImage``, ``ImageError/invalidArgument(_:)`` for infinite samples.
    public func scaled<Target: NumericScalar>(
        to range: ClosedRange<Double>, as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        let old = try self.range()
        return try scaled(from: old.lowerBound.doubleValue...old.upperBound.doubleValue, to: range, as: type)
    }

    /// The image with one range of values mapped linearly to another, as another scalar.
    ///
    /// Values outside the old range come to lie outside the new one; integers are rounded half away from zero and saturate.
    /// The domain becomes the new range. An old range of one value maps everything to the near end.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a range that is not finite.
    public func scaled<Target: NumericScalar>(
        from old: ClosedRange<Double>, to range: ClosedRange<Double>, as type: Target.Type
    ) throws(ImageError) -> Image<Target> {
        let ends = [old.lowerBound, old.upperBound, range.lowerBound, range.upperBound]
        guard ends.allSatisfy(\.isFinite) else {
            throw .invalidArgument("expected finite ranges, found \(old) and \(range)")
        }
        let length = old.upperBound - old.lowerBound
        let slope = length > 0 ? (range.upperBound - range.lowerBound) / length : 0
        let near = (old: old.lowerBound, new: range.lowerBound)
        let values = AnyImage(self).accept(Affine(slope: slope, from: near.old, to: near.new, kind: Target.kind))
        var result = values.converted(to: Target.self)
        result.domain = range.lowerBound == 0 && range.upperBound == 1 ? .unit : .range(range)
        return result
    }

    /// The image with its smallest and largest sample at the ends of a range, as the same scalar; see ``scaled(to:as:)``.
    public func scaled(to range: ClosedRange<Double>) throws(ImageError) -> Image {
        try scaled(to: range, as: Scalar.self)
    }

    /// The image with one range of values mapped to another, as the same scalar; see ``scaled(from:to:as:)``.
    public func scaled(from old: ClosedRange<Double>, to range: ClosedRange<Double>) throws(ImageError) -> Image {
        try scaled(from: old, to: range, as: Scalar.self)
    }
}

private struct Affine: ImageVisitor {
    let slope: Double
    let from: Double
    let to: Double
    let kind: ScalarKind

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
        // Subtracted first, so that the near end becomes the near end exactly.
        AnyImage(image.map { ($0.saturated(to: Double.self) - from) * slope + to }).converted(to: kind)
    }
}
