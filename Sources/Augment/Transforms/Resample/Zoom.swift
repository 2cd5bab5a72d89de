import ImageProcessing

/// Enlarges or shrinks the content about the center.
///
/// Any picture or volume. The size of the image stays, or grows and shrinks with the content.
public struct Zoom: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Zoom>(
        "zoom", "Enlarges or shrinks the content.", group: .resample, domain: .any,
        parameters: [
            .perAxis(
                "factor", \.factor, unit: .factor, in: 0.01...100, neutral: 1,
                "Above 1 enlarges; one for all axes or one for each."
            ),
            .flag("keep_size", \.keepSize, "Whether the size of the image stays; otherwise it is multiplied, too."),
            Shrinking.parameter(\.antialias), Shrinking.areaParameter(\.area),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Factors; one for all axes or one for each of x, y (and z).
    public var factor: [Distribution] = [.uniform(0.9, 1.1)]
    /// Whether the size of the image stays.
    public var keepSize = true
    /// Whether images are smoothed before they shrink.
    public var antialias = true
    /// Whether every new pixel is the mean of the area that it covers; the size of the image then follows the factor.
    public var area = false
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Means of areas need a grid over the whole extent.
    public var conflict: (expected: String, found: String)? {
        area && keepSize ? ("keep_size: false with area: true", "keep_size: true") : nil
    }

    /// Draws the factors.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["factor": drawnPerAxis(factor, "factor", draws, in: scene, otherwise: 1)])
    }

    /// What the drawn factors do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let factors = try values.list("factor", count: scene.dimensions, in: 0.01...100, of: Self.name)
        let steps = factors.map { 1 / $0 }
        guard !keepSize else {
            var scale = SIMD3<Double>.one
            for axis in steps.indices { scale[axis] = steps[axis] }
            let map = SpatialMap(outputSize: scene.size, pulling: .scale(scale, about: scene.size.center))
            return Shrinking.operations(map, steps: steps, antialias: antialias, reading, in: scene)
        }
        let sizes = factors.indices.map { (Double(scene.extent($0)) * factors[$0]).rounded() }
        guard sizes.allSatisfy({ $0 < 100_000 }) else {
            throw .transform(
                path: Self.name,
                "expected fewer than 100000 pixels along each axis, found \(sizes.map(\.whole).sizeText)")
        }
        let size = sizes.map { max(1, Int($0)) }
        guard !area else { return try Shrinking.areaOperations(onto: size, Self.name, in: scene) }
        let map = try Shrinking.map(onto: size, Self.name, in: scene)
        return Shrinking.operations(map, steps: steps, antialias: antialias, reading, in: scene)
    }
}
