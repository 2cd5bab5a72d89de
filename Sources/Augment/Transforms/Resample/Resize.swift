import ImageProcessing

/// Brings every image to one size; its shape is stretched where the ratios differ.
///
/// Any picture or volume.
public struct Resize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Resize>(
        "resize", "Brings every image to one size.", group: .resample, domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size), Shrinking.parameter(\.antialias), Shrinking.areaParameter(\.area),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the result along x, y (and z), in pixels.
    public var size = [256.0]
    /// Whether images are smoothed before they shrink.
    public var antialias = true
    /// Whether every new pixel is the mean of the area that it covers.
    public var area = false
    /// How pixels are read.
    public var reading = Reading(outside: .replicate)

    /// Every parameter at its default.
    public init() {}

    /// Nothing is random.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        DrawnValues(["size": try CropWindow.size(size, Self.name, in: scene).map(Double.init)])
    }

    /// What the size does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let size = try CropWindow.recordedSize("size", values, Self.name, in: scene)
        guard !area else { return try Shrinking.areaOperations(onto: size, Self.name, in: scene) }
        let steps = size.indices.map { Double(scene.extent($0)) / Double(size[$0]) }
        return Shrinking.operations(
            try Shrinking.map(onto: size, Self.name, in: scene), steps: steps, antialias: antialias, reading, in: scene)
    }
}
