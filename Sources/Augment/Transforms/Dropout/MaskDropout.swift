import ImageCore
import ImageProcessing

/// Fills whole objects of the labels, and clears their labels.
///
/// Samples with labels on the axes y, x or z, y, x: connected pixels of the first labels that are not 0 are one object. Boxes and
/// points stay.
public struct MaskDropout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<MaskDropout>(
        "mask_dropout", "Fills whole objects of the labels, and clears their labels.", group: .dropout,
        parameters: [.distribution("count", \.count, unit: .count, in: 0...10000, "Number of objects.")]
            + Parameter.parts(Filling.parameters, \.filling))

    /// The number of objects.
    public var count = Distribution.fixed(1)
    /// What is put there; labels become 0 unless stated.
    public var filling = Filling()

    /// Every parameter at its default.
    public init() { filling.label = 0 }

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let number = draws.value(of: count, named: "count").whole
        guard number > 0 else { return DrawnValues(["objects": []]) }
        let (_, objects) = try Self.objects(in: scene)
        let chosen = draws.permutation(of: objects, named: "objects").prefix(number).sorted()
        return DrawnValues(["objects": chosen.map { Double($0 + 1) }])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let chosen = Set(values.list("objects").map { Int32($0.whole) })
        guard !chosen.isEmpty else { return [] }
        let (numbers, _) = try Self.objects(in: scene)
        return filling.operations(Self.name, draws, in: scene) {
            let samples = numbers.samples
            return (0..<samples.count).map { chosen.contains(samples[$0]) }
        }
    }

    /// The number of the object of each pixel, from 1, and how many there are.
    private static func objects(in scene: Scene) throws(AugmentError) -> (numbers: Image<Int32>, count: Int) {
        guard let labels = try scene.labels().first else {
            throw .transform(path: name, "expected a sample with labels, found none")
        }
        do {
            let mask = labels.converted(to: Bool.self)
            if scene.isVolume {
                let found = try VolumeComponents(of: mask)
                return (found.labels.contiguous(), found.components.count)
            }
            let found = try Components(of: mask)
            return (found.labels.contiguous(), found.components.count)
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }
}
