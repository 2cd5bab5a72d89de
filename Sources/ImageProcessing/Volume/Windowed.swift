public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with a window of its values spread from black to white: 0 to 255 for `UInt8`, 0 to the largest value for
    /// other integers, 0 to 1 for floating point.
    ///
    /// The shade of each value after PS3.3 C.11.2.1.2 is scaled to the target's range, rounded half away from zero where it
    /// is an integer. The same value gives the same shade anywhere in the image: one window for a series keeps its slices
    /// comparable. The domain says the new range, a color of unspecified meaning becomes gray, geometry and metadata stay.
    ///
    /// - Parameters:
    ///   - window: The window, in the values of this image.
    ///   - type: The samples wanted.
    /// - Returns: An image of the same axes and sizes.
    public func windowed<Target: NumericScalar>(
        _ window: IntensityWindow, as type: Target.Type = UInt8.self
    ) -> Image<Target> {
        AnyImage(self).windowed(window, as: type)
    }

    /// The image with a window of its values spread from black to white, 0 to 255; see ``windowed(_:as:)``.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a window that the standard does not allow.
    public func windowed(
        center: Double, width: Double, function: WindowFunction = .linear
    ) throws(ImageError) -> Image<UInt8> {
        guard let window = IntensityWindow(center: center, width: width, function: function) else {
            throw .invalidArgument("expected a window with a width above 0, at least 1 if linear, found \(width)")
        }
        return windowed(window)
    }
}

extension AnyImage {
    /// The image with a window of its values spread from black to white; see ``Image/windowed(_:as:)``.
    ///
    /// `true` counts as 1.
    public func windowed<Target: NumericScalar>(
        _ window: IntensityWindow, as type: Target.Type = UInt8.self
    ) -> Image<Target> {
        let domain = ValueDomain.full(for: type)
        let white = domain.blackAndWhite(in: type)?.upperBound ?? 1
        var result = accept(ApplyWindow<Target>(window: window, white: white))
        result.domain = domain
        if result.color == .unspecified || result.color == .labels { result.color = .gray }
        return result
    }
}

private struct ApplyWindow<Target: NumericScalar>: ImageVisitor {
    let window: IntensityWindow
    let white: Double

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Target> {
        if Scalar.kind.byteCount <= 2 && !Scalar.kind.isFloatingPoint && image.count > 1 << 17 { return lookUp(image) }
        return image.map { shade($0.saturated(to: Double.self)) }
    }

    private func shade(_ value: Double) -> Target { Target(saturating: window.shade(of: value) * white) }

    /// All values of 16 bits are worked out once.
    private func lookUp<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Target> {
        let lowest = Scalar.kind.isSigned ? Int(Int16.min) : 0
        let table = (lowest..<lowest + 1 << 16).map { shade(Double($0)) }
        return image.map { table[Int($0.saturated(to: Int32.self)) - lowest] }
    }
}
