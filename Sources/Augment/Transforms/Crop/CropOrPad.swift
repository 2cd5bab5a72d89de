import ImageProcessing

/// Gives every image one size: cuts away or fills on both sides alike.
///
/// Any picture or volume. Where a pixel is left over, it is cut away or added at the end.
public struct CropOrPad: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CropOrPad>(
        "crop_or_pad", "Cuts away or fills on both sides until the size is reached.", group: .crop, domain: .any,
        parameters: [CropWindow.sizeParameter(\.size)] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the result along x, y (and z), in pixels.
    public var size = [256.0]
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Nothing is random.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        var window = CropWindow.centered(size, in: scene)
        // What is filled in has its odd pixel at the end, as what is cut away.
        for axis in size.indices where size[axis] > scene.extent(axis) {
            window.start[axis] = -((size[axis] - scene.extent(axis)) / 2)
        }
        return window.values
    }

    /// What the window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
