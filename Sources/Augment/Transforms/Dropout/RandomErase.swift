import ImageProcessing

/// Fills one rectangle of random area and shape.
///
/// Pictures. Z. Zhong et al., "Random erasing data augmentation" (2017); a side that would be longer than the picture is cut to
/// it.
public struct RandomErase: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RandomErase>(
        "random_erase", "Fills one rectangle of random area and shape.", group: .dropout, domain: .pictures,
        parameters: [
            .distribution("area", \.area, unit: .fraction, in: 0...1, "Area as a part of the picture."),
            .distribution("aspect", \.aspect, unit: .factor, in: 0.01...100, "Height over width."),
        ] + Parameter.parts(Filling.parameters, \.filling))

    /// The area as a part of the picture.
    public var area = Distribution.uniform(0.02, 0.33)
    /// The height over the width.
    public var aspect = Distribution.logUniform(0.3, 3.3)
    /// What is put there.
    public var filling = Filling()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let pixels = draws.value(of: area, named: "area") * Double(scene.size.x) * Double(scene.size.y)
        let aspect = draws.value(of: aspect, named: "aspect")
        let width = min(scene.size.x, Int((pixels / aspect).squareRoot().rounded()))
        let height = min(scene.size.y, Int((pixels * aspect).squareRoot().rounded()))
        guard width > 0, height > 0 else { return DrawnValues(["boxes": []]) }
        let box = BoxSize.box(SIMD3(width, height, 1), draws, in: scene, named: "place", index: 0)
        return DrawnValues(["boxes": box.numbers])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (boxes, size) = (PixelBox.boxes(values.list("boxes")), scene.size)
        guard !boxes.isEmpty else { return [] }
        return filling.operations(Self.name, draws, in: scene) { PixelBox.flags(boxes, in: size) }
    }
}
