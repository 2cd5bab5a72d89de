public import ImageCore

/// The stains of a target and how strong they are, to which other images are normalized (Macenko, Vahadane).
///
/// Fit it on a target once, keep it as JSON, apply it to any number of images.
public struct StainModel: Sendable, Hashable, Codable {
    /// How the stains of target and images are found.
    public var method: StainEstimation
    /// Hematoxylin and eosin of the target.
    public var stains: StainMatrix
    /// The concentrations that 99 % of the target's pixels stay below.
    public var strengths: SIMD2<Double>

    /// A model by its parts.
    public init(method: StainEstimation, stains: StainMatrix, strengths: SIMD2<Double>) {
        (self.method, self.stains, self.strengths) = (method, stains, strengths)
    }

    /// Fits a model on a target in RGB.
    ///
    /// - Throws: ``ImageError`` for anything but three channels, and for a target without two stains.
    public init<Scalar: NumericScalar>(
        fitting target: Image<Scalar>, method: StainEstimation = .macenko, white: Double? = nil
    ) throws(ImageError) {
        let planes = try RGBPlanes(target, white: white)
        guard let stains = planes.estimatedStains(method) else {
            throw .invalidArgument("expected a target with two stains, found a blank one or one of a single color")
        }
        self.init(method: method, stains: stains, strengths: planes.strengths(of: stains))
    }

    /// The change of pixels that gives an image the stains of the target: one matrix between optical densities.
    ///
    /// - Parameters:
    ///   - image: The image in RGB.
    ///   - white: The value of white; `nil` takes that of the domain.
    /// - Returns: The operation; none for an image in which no two stains are found, such as a blank tile: it stays as it is.
    /// - Throws: ``ImageError`` for anything but three channels.
    public func operations<Scalar: NumericScalar>(
        for image: Image<Scalar>, white: Double? = nil
    ) throws(ImageError) -> [RowOperation] {
        operations(for: try RGBPlanes(image, white: white))
    }

    private func operations(for planes: RGBPlanes) -> [RowOperation] {
        guard let found = planes.estimatedStains(method) else { return [] }
        let strengths = planes.strengths(of: found)
        guard strengths.min() > 1e-3 else { return [] }
        let scale = self.strengths / strengths
        return [
            found.operation(
                scale: SIMD3(scale.x, scale.y, 0), to: stains, white: planes.white, floor: 1.0 / 255)
        ]
    }

    /// The image with the stains of the target; see ``operations(for:white:)``.
    ///
    /// - Returns: An image of the same scalar, integers rounded and saturated; a blank tile unchanged.
    public func applied<Scalar: NumericScalar>(
        to image: Image<Scalar>, white: Double? = nil
    ) throws(ImageError) -> Image<Scalar> {
        var planes = try RGBPlanes(image, white: white)
        let operations = operations(for: planes)
        guard !operations.isEmpty else { return image }
        planes.change(operations)
        return try planes.restored(like: image)
    }
}
