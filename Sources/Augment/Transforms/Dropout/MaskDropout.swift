import ImageCore
import ImageProcessing

/// Fills whole objects of the labels, and clears their labels.
///
/// Samples with labels: connected pixels of the first labels that are not 0 are one object. Boxes and
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
        let objects = try Self.objects(in: scene)
        let chosen = draws.permutation(of: objects.bounds.count, named: "objects").prefix(number).sorted()
        return DrawnValues(["objects": chosen.map { Double($0 + 1) }])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let chosen = values.list("objects").map(\.whole)
        guard !chosen.isEmpty else { return [] }
        let objects = try Self.objects(in: scene)
        return filling.operations(Self.name, draws, in: scene) { objects.flags(of: chosen) }
    }

    private static func objects(in scene: Scene) throws(AugmentError) -> LabelObjects {
        guard let labels = try scene.labels().first else {
            throw .transform(path: name, "expected a sample with labels, found none")
        }
        return try LabelObjects(labels, name: name)
    }
}
