public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with `black + (white − black) · ((value − black) / (white − black))^gamma` for every sample.
    ///
    /// Black and white are those of the domain; see ``ValueDomain/blackAndWhite(in:)``. Values beyond them take them. A gamma
    /// below 1 brightens. Calculated in `Double`; integers are rounded half away from zero.
    /// - Parameter gamma: The exponent, above 0.
    /// - Returns: The image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another gamma, and where the domain has no black and white: Hounsfield
    ///   units, labels, signed integers of an unspecified domain.
    public func gammaCorrected(_ gamma: Double) throws(ImageError) -> Image {
        guard gamma > 0, gamma.isFinite else { throw .invalidArgument("expected a gamma above 0, found \(gamma)") }
        guard let range = domain.blackAndWhite(in: Scalar.self) else {
            throw .invalidArgument("expected samples with black and white, found \(domain)")
        }
        return try AnyImage(self).transformed(
            by: Gamma(gamma: gamma, black: range.lowerBound, span: range.upperBound - range.lowerBound)
        ).converted(to: Scalar.self)
    }
}

private struct Gamma: ImageTransform {
    let gamma: Double
    let black: Double
    let span: Double

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        guard Scalar.kind.byteCount <= 2 && !Scalar.kind.isFloatingPoint else {
            return image.map { Scalar(converting: corrected($0.saturated(to: Double.self))) }
        }
        let lowest = Int(Int16.min)
        // Every value that 16 bits can hold, signed or not, of which the scalar has some.
        let values =
            image.count < 4096 ? [] : (lowest...Int(UInt16.max)).map { Scalar(converting: corrected(Double($0))) }
        guard !values.isEmpty else { return image.map { Scalar(converting: corrected($0.saturated(to: Double.self))) } }
        return image.map { values[Int($0.saturated(to: Int32.self)) - lowest] }
    }

    private func corrected(_ value: Double) -> Double {
        black + span * power(min(max((value - black) / span, 0), 1), gamma)
    }
}
