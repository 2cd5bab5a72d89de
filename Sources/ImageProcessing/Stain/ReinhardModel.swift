public import ImageCore

/// Means and deviations of colors, to which those of other images are brought.
///
/// E. Reinhard et al., "Color transfer between images", IEEE Computer Graphics and Applications 21 (2001) 34–41, in CIELAB as
/// usual for histology; other spaces serve RandStainNA (Y. Shen et al., MICCAI 2022, 212–221).
public struct ReinhardModel: Sendable, Hashable, Codable {
    /// Where the statistics are taken.
    public var space: StatisticsSpace
    /// The mean of each coordinate.
    public var mean: SIMD3<Double>
    /// The standard deviation of each coordinate.
    public var deviation: SIMD3<Double>
    /// Whether only pixels with stain count: those darker than white by a density of 0.15 in every channel.
    public var tissueOnly: Bool

    /// A model by its parts.
    public init(
        space: StatisticsSpace = .lab, mean: SIMD3<Double>, deviation: SIMD3<Double>, tissueOnly: Bool = false
    ) {
        (self.space, self.mean, self.deviation, self.tissueOnly) = (space, mean, deviation, tissueOnly)
    }

    /// Fits a model on a target in RGB.
    ///
    /// - Throws: ``ImageError`` for anything but three channels, and for a target that is blank.
    public init<Scalar: NumericScalar>(
        fitting target: Image<Scalar>, space: StatisticsSpace = .lab, tissueOnly: Bool = false, white: Double? = nil
    ) throws(ImageError) {
        self.init(space: space, mean: .zero, deviation: .zero, tissueOnly: tissueOnly)
        guard let found = statistics(of: try RGBPlanes(target, white: white)) else {
            throw .invalidArgument("expected a target with something on it, found a blank one")
        }
        (mean, deviation) = found
    }

    /// The image with the mean and deviation of the model.
    ///
    /// A coordinate without deviation is only moved to the new mean. A blank image, whose lightness (value, hematoxylin)
    /// deviates by less than 1/100 of its range, and with ``tissueOnly`` one with fewer than 100 or 0.5 % of pixels with stain,
    /// comes back unchanged.
    /// - Parameters:
    ///   - image: A picture or volume in RGB.
    ///   - white: The value of white; `nil` takes that of the domain.
    /// - Returns: An image of the same scalar, integers rounded and saturated.
    /// - Throws: ``ImageError`` for anything but three channels.
    public func applied<Scalar: NumericScalar>(
        to image: Image<Scalar>, white: Double? = nil
    ) throws(ImageError) -> Image<Scalar> {
        var planes = try RGBPlanes(image, white: white)
        guard let found = statistics(of: planes) else { return image }
        let scale = deviation / found.deviation
        let factor = scale.replacing(with: 1, where: found.deviation .< 1e-9)
        let (space, value, goal) = (space, planes.white, mean)
        planes.change { pixel in
            let coordinates = space.coordinates(of: pixel / value)
            return space.rgb(of: (coordinates - found.mean) * factor + goal) * value
        }
        return try planes.restored(like: image)
    }

    /// Mean and deviation; `nil` for a blank image.
    private func statistics(of planes: RGBPlanes) -> (mean: SIMD3<Double>, deviation: SIMD3<Double>)? {
        let step = planes.stride(limit: 1 << 20)
        var (sum, squares, count, seen) = (SIMD3<Double>.zero, SIMD3<Double>.zero, 0, 0)
        for i in stride(from: 0, to: planes.length, by: step) {
            seen += 1
            if tissueOnly, planes.density(at: i).min() < TissueDensities.background { continue }
            let coordinates = space.coordinates(of: planes[i] / planes.white)
            guard coordinates.sum().isFinite else { continue }
            sum += coordinates
            squares += coordinates * coordinates
            count += 1
        }
        let fewest = tissueOnly ? max(TissueDensities.fewest, Int(TissueDensities.smallestPart * Double(seen))) : 2
        guard count >= fewest else { return nil }
        let mean = sum / Double(count)
        let variance = pointwiseMax(squares / Double(count) - mean * mean, .zero)
        let deviation = SIMD3(variance.x.squareRoot(), variance.y.squareRoot(), variance.z.squareRoot())
        let contrast =
            switch space {
            case .lab: deviation.x / 100
            case .hsv: deviation.z
            case .hed: deviation.x
            }
        return contrast < 0.01 ? nil : (mean, deviation)
    }
}
