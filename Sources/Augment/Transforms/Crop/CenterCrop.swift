import ImageProcessing

/// Cuts out the middle.
///
/// Any picture or volume. Where a pixel is left over, the one at the end is cut away.
public struct CenterCrop: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CenterCrop>(
        "center_crop", "Cuts out the middle.", group: .crop, domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .flag("pad", \.pad, "Whether smaller images are accepted and filled on both sides."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the window along x, y (and z), in pixels.
    public var size = [256.0]
    /// Whether smaller images are filled.
    public var pad = false
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Nothing is random.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        try CropWindow.check(size, pad: pad, Self.name, in: scene)
        return CropWindow.centered(size, in: scene).values
    }

    /// What the window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
