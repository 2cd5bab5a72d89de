import ImageCore
import ImageProcessing

/// Bends space by smoothed white noise (Simard, Steinkraus and Platt 2003).
///
/// Any picture or volume. The field is that of uniform noise between −1 and 1 at every pixel, smoothed by a Gaussian and
/// multiplied by alpha; it is made on a lattice of half a sigma with the same deviation and correlation, linear between its
/// points. In millimetres it is the field of a grid of 1 mm, whatever the spacing: the same in space at every resolution.
public struct ElasticGaussian: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ElasticGaussian>(
        "elastic_gaussian", "Bends space by white noise that is smoothed by a Gaussian.", group: .elastic, domain: .any,
        parameters: [
            .distribution(
                "alpha", \.alpha, in: 0...1e6, "What the smoothed noise is multiplied by; counted in unit."),
            .distribution(
                "sigma", \.sigma, in: 0...1e4,
                "Deviation of the Gaussian, counted in unit; 0 leaves the noise of single pixels."),
            .choice("unit", \.unit, "Unit of alpha and sigma; auto is mm in volumes of known spacing, otherwise px."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// What the smoothed noise is multiplied by.
    public var alpha = Distribution.fixed(34)
    /// Deviation of the Gaussian.
    public var sigma = Distribution.fixed(4)
    /// What alpha and sigma count in.
    public var unit = Elastic.LengthUnit.pixels
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "alpha": [draws.value(of: alpha, named: "alpha")], "sigma": [draws.value(of: sigma, named: "sigma")],
        ])
    }

    /// What the drawn numbers do; the noise follows from the key.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let alpha = try values.list("alpha", count: 1, in: 0...1e6, of: Self.name)[0]
        let sigma = try values.list("sigma", count: 1, in: 0...1e4, of: Self.name)[0]
        guard alpha > 0 else { return [] }
        let key = draws.noiseKey()
        let step = try unit.step(Self.name, in: scene)
        return try bent(SpatialStage.lattice, scene, reading) { () throws(ImageError) in
            try Self.lattice(alpha, sigma, LatticeNoise(key: key), scene, step)
        }
    }

    /// The field; `step` is the distance between pixels in the unit of alpha and sigma.
    private static func lattice(
        _ alpha: Double, _ sigma: Double, _ noise: LatticeNoise, _ scene: Scene, _ step: SIMD3<Double>
    ) throws(ImageError) -> DisplacementLattice {
        let dimensions = scene.dimensions
        // Below a twentieth of a pixel all of the weight is at the pixel itself.
        let sigma = max(0.05, sigma)
        let cell = max(1, sigma / 2)
        let weights = GaussianWeight.all(sigma / cell)
        // One point more than covers the image, with a smoothing radius of noise beyond it on both sides.
        var counts = [1, 1, 1]
        for axis in 0..<dimensions {
            counts[axis] = Int((Double(scene.extent(axis)) * step[axis] / cell).rounded(.up)) + 2
        }
        let size = SpatialSize(x: counts[0], y: counts[1], z: counts[2])
        let wide = counts.enumerated().map { $0.offset < dimensions ? $0.element + weights.count - 1 : 1 }
        guard let count = SpatialSize(x: wide[0], y: wide[1], z: wide[2]).latticeCount else {
            throw .invalidArgument(
                "expected at most \(1 << 27) points of noise, found \(wide.sizeText); take a larger sigma")
        }
        // Sums of squares tell what smoothing leaves of the deviation: here it becomes what single pixels would give.
        let gain = (GaussianWeight.all(sigma).reduce(0) { $0 + $1 * $1 } / weights.reduce(0) { $0 + $1 * $1 })
            .squareRoot()
        var factor = alpha
        for _ in 0..<dimensions { factor *= gain }
        var result = [SIMD3<Float>](repeating: .zero, count: size.x * size.y * size.z)
        for component in 0..<dimensions {
            var field = (0..<count).map { Float(noise.uniform(point: $0, axis: component)) }
            var sizes = wide
            for axis in 0..<dimensions {
                field = smoothed(field, sizes, axis, weights.map(Float.init))
                sizes[axis] = counts[axis]
            }
            let scale = Float(factor / step[component])
            for i in result.indices { result[i][component] = scale * field[i] }
        }
        var (origin, spacing) = (SIMD3(0, 0, 0.5), SIMD3<Double>.one)
        for axis in 0..<dimensions {
            spacing[axis] = cell / step[axis]
            origin[axis] = (Double(scene.extent(axis)) - spacing[axis] * Double(counts[axis] - 1)) / 2
        }
        return try DisplacementLattice(counts: size, origin: origin, spacing: spacing, displacements: result)
    }

    /// The field smoothed along one axis, where all weights are inside: shorter by their number less one.
    private static func smoothed(_ field: [Float], _ sizes: [Int], _ axis: Int, _ weights: [Float]) -> [Float] {
        let stride = sizes[..<axis].reduce(1, *)
        let (old, new) = (sizes[axis], sizes[axis] - weights.count + 1)
        let outer = field.count / (stride * old)
        var result = [Float](repeating: 0, count: outer * new * stride)
        for block in 0..<outer {
            for i in 0..<new {
                let target = (block * new + i) * stride
                for (k, weight) in weights.enumerated() {
                    let source = (block * old + i + k) * stride
                    for j in 0..<stride { result[target + j] += weight * field[source + j] }
                }
            }
        }
        return result
    }
}
