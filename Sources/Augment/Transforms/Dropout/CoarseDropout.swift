import ImageProcessing

/// Fills boxes at random places.
///
/// Any image. T. DeVries and G. Taylor, "Improved regularization of convolutional neural networks with cutout" (2017), with
/// several holes.
public struct CoarseDropout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CoarseDropout>(
        "coarse_dropout", "Fills boxes at random places.", group: .dropout,
        parameters: [.distribution("count", \.count, unit: .count, in: 0...10000, "Number of boxes.")]
            + Parameter.parts(BoxSize.parameters, \.size) + Parameter.parts(Filling.parameters, \.filling))

    /// The number of boxes.
    public var count = Distribution.fixed(1)
    /// How large they are.
    public var size = BoxSize()
    /// What is put there.
    public var filling = Filling()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["boxes": size.boxes(count, draws, in: scene).flatMap(\.numbers)])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (boxes, size) = (PixelBox.boxes(values.list("boxes")), scene.size)
        guard !boxes.isEmpty else { return [] }
        return filling.operations(Self.name, draws, in: scene) { PixelBox.flags(boxes, in: size) }
    }
}
