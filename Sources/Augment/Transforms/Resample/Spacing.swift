import ImageProcessing

/// Brings voxels to a spacing in millimetres.
///
/// Volumes of known spacing. The result has as many voxels as cover the old extent best, and the old center.
public struct Spacing: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Spacing>(
        "spacing", "Brings voxels to a spacing in millimetres.", group: .resample, domain: .volumes,
        parameters: [
            .perAxis(
                "spacing", \.spacing, unit: .millimetres, in: 0.001...1000, neutral: nil,
                "Distance between voxels; one for all axes or one for each of x, y, z."),
            Shrinking.parameter(\.antialias),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Distances between voxels along x, y, z, in millimetres.
    public var spacing: [Distribution] = [.fixed(1)]
    /// Whether images are smoothed before they shrink.
    public var antialias = true
    /// How voxels are read.
    public var reading = Reading(outside: .replicate)

    /// Every parameter at its default.
    public init() {}

    /// Draws the spacings.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        guard spacing.count != 2 else {
            throw .transform(path: Self.name, "expected one spacing or three, one for each of x, y, z, found 2")
        }
        return DrawnValues(["spacing": drawnPerAxis(spacing, "spacing", draws, in: scene, otherwise: 1)])
    }

    /// What the drawn spacings do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        guard let old = scene.spacingMillimetres, old.min() > 0 else {
            throw .transform(path: Self.name, "expected a volume of known spacing, found none")
        }
        let new = try values.list("spacing", count: 3, in: 0.001...1000, of: Self.name)
        var (steps, size, start, factors) = ([Double](), [Int](), SIMD3<Double>.zero, SIMD3<Double>.one)
        for axis in 0..<3 {
            let (step, extent) = (new[axis] / old[axis], Double(scene.extent(axis)))
            let count = max(1, (extent / step).rounded())
            guard count < 100_000 else {
                throw .transform(
                    path: Self.name, "expected fewer than 100000 voxels along each axis, found \(count.whole)")
            }
            steps.append(step)
            size.append(Int(count))
            factors[axis] = step
            start[axis] = (extent - count * step) / 2
        }
        try CropWindow.limit(size, Self.name)
        let map = SpatialMap(
            outputSize: SpatialSize(x: size[0], y: size[1], z: size[2]),
            pulling: .translation(start) * .scale(factors))
        return Shrinking.operations(map, steps: steps, antialias: antialias, reading, in: scene)
    }
}
