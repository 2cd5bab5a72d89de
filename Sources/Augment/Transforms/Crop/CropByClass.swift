import ImageProcessing

/// Cuts out a window around a pixel of a class; classes are chosen by ratios.
///
/// Any picture or volume with labels. Classes that the labels do not have are left out; without any of them the window is
/// anywhere. The window is moved inside where the pixel is near the border.
public struct CropByClass: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CropByClass>(
        "crop_by_class", "Cuts out a window around a pixel of a class that is chosen by ratios.", group: .crop,
        domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .numbers(
                "ratios", \.ratios, unit: .factor, in: 0...1e6, count: 1...4096,
                "How often each of 0, 1, 2 ... is chosen."),
            .flag("pad", \.pad, "Whether smaller images are accepted and filled on both sides."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the window along x, y (and z), in pixels.
    public var size = [256.0]
    /// How often the labels 0, 1, 2 and so on are chosen.
    public var ratios = [1.0, 1.0]
    /// Whether smaller images are filled.
    public var pad = false
    /// What is outside.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// No share at all.
    public var conflict: (expected: String, found: String)? {
        ratios.contains { $0 > 0 } ? nil : (expected: "a ratio above 0", found: ratios.listText)
    }

    /// Draws the window.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        try CropWindow.check(size, pad: pad, Self.name, in: scene)
        let places = try LabelPlaces(scene, Self.name)
        let counts = places.counts(of: ratios.count)
        let shares = ratios.indices.map { counts[$0] > 0 ? ratios[$0] : 0 }
        guard let last = shares.lastIndex(where: { $0 > 0 }) else {
            return CropWindow.random(size, draws, in: scene).values
        }
        var left = draws.unit(named: "class") * shares.reduce(0, +)
        var chosen = last
        for (i, share) in shares.enumerated() where share > 0 {
            if left < share {
                chosen = i
                break
            }
            left -= share
        }
        let label = Double(chosen)
        let pixel = places.pixel(draws.integer(below: counts[chosen], named: "pixel")) { $0 == label }
        return CropWindow.around(pixel, size, in: scene).values
    }

    /// What the drawn window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        try CropWindow(values, Self.name, in: scene).operations(reading, in: scene)
    }
}
