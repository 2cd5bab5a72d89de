import ImageProcessing

/// Cuts out a window around a pixel that is chosen by weights.
///
/// Any picture or volume whose labels hold a map of weights: a pixel of weight 2 is chosen twice as often as one of weight 1,
/// pixels of 0 or less never. Where all weights are 0 the window is anywhere.
public struct WeightedCrop: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<WeightedCrop>(
        "weighted_crop", "Cuts out a window around a pixel that is chosen by a map of weights.", group: .crop,
        domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .integer("map", \.map, in: 0...255, "Which of the label images holds the weights, from 0."),
            .flag("pad", \.pad, "Whether smaller images are accepted and filled on both sides."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the window along x, y (and z), in pixels.
    public var size = [256.0]
    /// Which of the label images holds the weights.
    public var map = 0
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
        let places = try LabelPlaces(scene, index: map, Self.name)
        let weight = places.weight
        guard weight > 0, weight.isFinite else { return CropWindow.random(size, draws, in: scene).values }
        let pixel = places.pixel(atWeight: draws.unit(named: "pixel") * weight)
        return CropWindow.around(pixel, size, in: scene).values
    }

    /// What the drawn window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
