import ImageCore
public import ImageProcessing

/// Multiplies and shifts the concentrations of the two stains that are found in each image.
///
/// RGB only. The stains are found by Macenko's method, or Vahadane's; what they do not explain stays. A tile in which no two
/// stains are found, such as a blank one, stays as it is.
public struct MacenkoJitter: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<MacenkoJitter>(
        "macenko_jitter", "Multiplies and shifts the concentrations of the stains found in each image.", group: .stain,
        domain: .rgb,
        parameters: [
            .choice("method", \.method, "How the stains are found."),
            .distribution("scale", \.scale, unit: .factor, in: 0...10, "What each concentration is multiplied by."),
            .distribution("shift", \.shift, unit: .none, in: -10...10, "What is added, in optical density."),
        ])

    /// How the stains are found.
    public var method = StainEstimation.macenko
    /// What each concentration is multiplied by; drawn for each stain.
    public var scale = Distribution.fixed(1)
    /// What is added to each, in optical density; drawn for each stain.
    public var shift = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "scale": (0..<2).map { draws.value(of: scale, named: "scale", index: $0) },
            "shift": (0..<2).map { draws.value(of: shift, named: "shift", index: $0) },
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (scale, shift) = (SIMD3(values.list("scale") + [1]), SIMD3(values.list("shift") + [0]))
        guard scale != .one || shift != .zero else { return [] }
        let (method, white) = (method, scene.blackAndWhite?.upperBound ?? 1)
        return [
            .observed { image throws(AugmentError) in
                do {
                    guard let stains = try image.estimatedStains(method, white: white) else { return [] }
                    return [stains.operation(scale: scale, shift: shift, white: white)]
                } catch {
                    throw .transform(path: Self.name, "\(error)")
                }
            }
        ]
    }
}
