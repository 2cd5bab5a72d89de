import ImageCore
import ImageProcessing

/// Raises single values of k-space, which lays stripes over the image: herringbone.
///
/// Images and volumes, as in TorchIO's RandomSpike: intensity × the largest magnitude of k-space is added at a random
/// frequency and at its opposite. With the mean the largest, the stripes have an amplitude of 2 × intensity × mean.
public struct Spike: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Spike>(
        "spike", "Lays stripes over the image, as single wrong values of k-space do in MRI.", group: .mri,
        parameters: [
            .distribution("count", \.count, unit: .count, in: 0...100, "Number of wrong values."),
            .distribution(
                "intensity", \.intensity, unit: .factor, in: -100...100, "Part of the largest magnitude that is added."),
        ])

    /// The number of wrong values.
    public var count = Distribution.fixed(1)
    /// The part of the largest magnitude that is added.
    public var intensity = Distribution.uniform(0.1, 0.5)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        var values = draws.values(["count": count, "intensity": intensity])
        let spikes = values["count"].whole
        values.numbers["frequency"] = (0..<3 * spikes).map { number in
            let size = scene.extent(number % 3)
            return Double(Spectrum.frequency(draws.integer(below: size, named: "frequency", index: number), size))
        }
        return values
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (all, intensity) = (values.list("frequency").map(\.whole), Float(values["intensity"]))
        guard all.count >= 3, intensity != 0 else { return [] }
        let frequencies = (0..<all.count / 3).map { SIMD3(all[3 * $0], all[3 * $0 + 1], all[3 * $0 + 2]) }
        let size = SIMD3(scene.size.x, scene.size.y, scene.size.z)
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                try KSpace.change(&image) { spectrum in
                    let largest = spectrum.values.reduce(0) { max($0, ($1 * $1).sum()) }.squareRoot()
                    for frequency in frequencies {
                        for sign in [1, -1] {
                            let place = (frequency &* sign % size &+ size) % size
                            spectrum.values[(place.z * size.y + place.y) * size.x + place.x].x += largest * intensity
                        }
                    }
                }
            }
        ]
    }
}
