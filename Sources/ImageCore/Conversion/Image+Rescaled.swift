extension Image where Scalar: NumericScalar {
    /// The image with black and white at the ends of another scalar: 0…65535 becomes 0…255, and 0…255 becomes 0…1.
    ///
    /// The target's ends are 0 and 1 for floating point, 0 and the largest value for integers; its ``domain`` says so.
    /// Each sample is `(value − black) · (targetWhite / (white − black))`, calculated as `Double`, rounded half away from
    /// zero and clamped. Black and white are those of ``domain``; see ``ValueDomain/blackAndWhite(in:)``.
    /// - Throws: ``ImageError/invalidArgument(_:)`` when the domain has no black and white: Hounsfield units, labels, and
    ///   signed integers of an unspecified domain. Use ``linear(slope:intercept:as:)`` there.
    @inlinable
    public func rescaled<Target: NumericScalar>(
        to type: Target.Type = Target.self
    ) throws(ImageError) -> Image<Target> {
        let domain = ValueDomain.full(for: type)
        guard let range = self.domain.blackAndWhite(in: Scalar.self), let white = domain.blackAndWhite(in: type) else {
            throw .invalidArgument("expected samples with black and white, found \(self.domain)")
        }
        let black = range.lowerBound
        let scale = white.upperBound / (range.upperBound - black)
        var result: Image<Target>
        if scale == 1 && black == 0 {
            result = converted()
        } else {
            result = map { Target(saturating: ($0.doubleValue - black) * scale) }
        }
        result.domain = domain
        return result
    }

    /// The image with `slope · value + intercept` for every sample: the modality transform of DICOM and NIfTI.
    ///
    /// Calculated as `Double`, then rounded half away from zero and clamped. The domain becomes
    /// ``ValueDomain/unspecified``, for only the caller knows what the numbers mean now.
    @inlinable
    public func linear<Target: NumericScalar>(
        slope: Double, intercept: Double, as type: Target.Type = Target.self
    ) -> Image<Target> {
        var result = map { Target(saturating: $0.doubleValue * slope + intercept) }
        result.domain = .unspecified
        return result
    }
}
