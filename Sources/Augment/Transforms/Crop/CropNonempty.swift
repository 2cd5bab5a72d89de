import ImageProcessing

/// Cuts out a window that holds a pixel of the mask, where there is one; otherwise a window anywhere.
///
/// Any picture or volume with labels. Every pixel of the mask is as likely, then every window that holds it.
public struct CropNonempty: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CropNonempty>(
        "crop_nonempty", "Cuts out a window that holds a pixel of the mask.", group: .crop, domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .numbers(
                "ignore", \.ignore, unit: .value, in: -32768...65535, count: 0...256,
                "Labels that do not count, besides 0."),
            .flag("pad", \.pad, "Whether smaller images are accepted and filled on both sides."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the window along x, y (and z), in pixels.
    public var size = [256.0]
    /// Labels that do not count.
    public var ignore: [Double] = []
    /// Whether smaller images are filled.
    public var pad = false
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the window.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        try CropWindow.check(size, pad: pad, Self.name, in: scene)
        let (places, ignored) = (try LabelPlaces(scene, Self.name), Set(ignore))
        let counts = { (value: Double) in value != 0 && !ignored.contains(value) }
        let count = places.count(where: counts)
        guard count > 0 else { return CropWindow.random(size, draws, in: scene).values }
        let pixel = places.pixel(draws.integer(below: count, named: "pixel"), where: counts)
        return CropWindow.holding(pixel, size, draws, in: scene).values
    }

    /// What the drawn window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
