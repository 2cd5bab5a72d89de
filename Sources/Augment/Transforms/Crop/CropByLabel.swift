import ImageProcessing

/// Cuts out a window around a pixel of the foreground or of the background, in a ratio.
///
/// Any picture or volume with labels; foreground is every label but 0. The window is moved inside where the pixel is near the
/// border. Where only one of the two exists, it is taken.
public struct CropByLabel: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CropByLabel>(
        "crop_by_label", "Cuts out a window around a pixel of foreground or background, in a ratio.", group: .crop,
        domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .number("positive", \.positive, unit: .factor, in: 0...1e6, "Share of windows around foreground."),
            .number("negative", \.negative, unit: .factor, in: 0...1e6, "Share of windows around background."),
            .flag("pad", \.pad, "Whether smaller images are accepted and filled on both sides."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the window along x, y (and z), in pixels.
    public var size = [256.0]
    /// Share of windows around foreground.
    public var positive = 1.0
    /// Share of windows around background.
    public var negative = 1.0
    /// Whether smaller images are filled.
    public var pad = false
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// No share at all.
    public var conflict: (expected: String, found: String)? {
        positive + negative > 0
            ? nil : (expected: "positive or negative above 0", found: "0 for both")
    }

    /// Draws the window.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        try CropWindow.check(size, pad: pad, Self.name, in: scene)
        let places = try LabelPlaces(scene, Self.name)
        var wantsForeground = draws.chance(positive / (positive + negative), named: "foreground")
        var count = places.count { ($0 != 0) == wantsForeground }
        if count == 0 {
            wantsForeground.toggle()
            count = places.count { ($0 != 0) == wantsForeground }
        }
        let number = draws.integer(below: max(1, count), named: "pixel")
        let pixel = places.pixel(number) { ($0 != 0) == wantsForeground }
        return CropWindow.around(pixel, size, in: scene).values
    }

    /// What the drawn window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
