import Glibc
import ImageCore
import ImageProcessing

/// Multiplies the distance of values from the mean of their channel by a factor that varies smoothly over the image.
///
/// Any image. The factors are a cubic B-spline on a coarse lattice and stay within what is drawn.
public struct LocalContrast: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LocalContrast>(
        "local_contrast", "Multiplies the distance from the mean by a factor that varies over the image.",
        group: .local, domain: .any,
        parameters: [
            .integer("points", \.points, in: 2...32, "Numbers of the coarse lattice along each axis."),
            .distribution(
                "factor", \.factor, unit: .factor, in: 0...100, "What is drawn for each of them; 1 changes nothing."),
        ])

    /// Numbers of the coarse lattice along each axis.
    public var points = 4
    /// What is drawn for each of them.
    public var factor = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the lattice.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["field": SmoothField.draw(factor, points: points, draws, in: scene)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let field = SmoothField(values: values.list("field"), points: points, isVolume: scene.isVolume)
        guard field.values.contains(where: { $0 != 1 }) else { return [] }
        return [
            .image { image, _ in
                let means = ImageMeasures(of: image).mean
                field.change(&image) { means[$1] + ($0 - means[$1]) * $2 }
            }
        ]
    }
}

/// Multiplies values by a factor that varies smoothly over the image.
///
/// Any image. Distances from black are multiplied where the domain has black, otherwise the values themselves.
public struct LocalIntensity: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LocalIntensity>(
        "local_intensity", "Multiplies values by a factor that varies over the image.", group: .local, domain: .any,
        parameters: [
            .integer("points", \.points, in: 2...32, "Numbers of the coarse lattice along each axis."),
            .distribution(
                "factor", \.factor, unit: .factor, in: 0...100, "What is drawn for each of them; 1 changes nothing."),
        ])

    /// Numbers of the coarse lattice along each axis.
    public var points = 4
    /// What is drawn for each of them.
    public var factor = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the lattice.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["field": SmoothField.draw(factor, points: points, draws, in: scene)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let field = SmoothField(values: values.list("field"), points: points, isVolume: scene.isVolume)
        guard field.values.contains(where: { $0 != 1 }) else { return [] }
        let black = scene.blackAndWhite?.lowerBound ?? 0
        return [.image { image, _ in field.change(&image) { black + ($0 - black) * $2 } }]
    }
}

/// Raises values between the smallest and largest of their channel to a power that varies smoothly over the image.
///
/// Any image; see ``LocalContrast`` for the field.
public struct LocalGamma: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LocalGamma>(
        "local_gamma", "Raises values to a power that varies over the image.", group: .local, domain: .any,
        parameters: [
            .integer("points", \.points, in: 2...32, "Numbers of the coarse lattice along each axis."),
            .distribution(
                "factor", \.factor, unit: .factor, in: 0.01...100, "What is drawn for each of them; 1 changes nothing."),
        ])

    /// Numbers of the coarse lattice along each axis.
    public var points = 4
    /// What is drawn for each of them.
    public var factor = Distribution.fixed(1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the lattice.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["field": SmoothField.draw(factor, points: points, draws, in: scene)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let field = SmoothField(values: values.list("field"), points: points, isVolume: scene.isVolume)
        guard field.values.contains(where: { $0 != 1 }) else { return [] }
        return [
            .image { image, _ in
                let measures = ImageMeasures(of: image)
                field.change(&image) { value, channel, exponent in
                    let (low, high) = (measures.minimum[channel], measures.maximum[channel])
                    return high > low ? low + (high - low) * pow(max(0, (value - low) / (high - low)), exponent) : value
                }
            }
        ]
    }
}
