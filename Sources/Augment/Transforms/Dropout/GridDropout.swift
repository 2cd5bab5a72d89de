import ImageProcessing

/// Fills boxes at equal steps.
///
/// Any image. P. Chen et al., "GridMask data augmentation" (2020).
public struct GridDropout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<GridDropout>(
        "grid_dropout", "Fills boxes at equal steps.", group: .dropout,
        parameters: [
            .distribution(
                "step", \.step, unit: .fraction, in: 0.001...1, "Step as a part of the image's shortest side."),
            .distribution(
                "step_pixels", \.stepPixels, unit: .pixels, in: 0...65536,
                "Step in pixels; counts instead of step where it is above 0."),
            .distribution(
                "ratio", \.ratio, unit: .fraction, in: 0...1, "Side of the boxes as a part of the step."),
        ] + Parameter.parts(Filling.parameters, \.filling))

    /// The step as a part of the image's shortest side.
    public var step = Distribution.uniform(0.1, 0.3)
    /// The step in pixels, which counts instead where it is above 0.
    public var stepPixels = Distribution.fixed(0)
    /// The side of the boxes as a part of the step.
    public var ratio = Distribution.fixed(0.5)
    /// What is put there.
    public var filling = Filling()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        var values = draws.values(["step": step, "step_pixels": stepPixels, "ratio": ratio])
        values.numbers["offset"] = scene.axisNumbers.map { draws.unit(named: "offset", index: $0) }
        return values
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let sides = scene.axisNumbers.map { Double(scene.extent($0)) }
        let pixels = values["step_pixels"]
        let step = max(1, pixels > 0 ? pixels : values["step"] * (sides.min() ?? 1))
        let (ratio, offset, size) = (values["ratio"], values.list("offset"), scene.size)
        guard ratio > 0, offset.count == sides.count else { return [] }
        let isInside = scene.axisNumbers.map { axis in
            (0..<scene.extent(axis)).map { index in
                let place = (Double(index) + 0.5) / step + offset[axis]
                return place - place.rounded(.down) < ratio
            }
        }
        return filling.operations(Self.name, draws, in: scene) {
            var flags = [Bool]()
            flags.reserveCapacity(size.x * size.y * size.z)
            for z in 0..<size.z {
                for y in 0..<size.y {
                    let isRow = isInside[1][y] && (isInside.count < 3 || isInside[2][z])
                    for x in 0..<size.x { flags.append(isRow && isInside[0][x]) }
                }
            }
            return flags
        }
    }
}
