import ImageCore

/// Mixes two samples pixel by pixel (Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018).
///
/// Images become weighted means. Labels are not interpolated: those of both samples come back, each as a layer with its
/// weight. Boxes, points and polygons of both are kept.
public struct Mixup: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Mixup>(
        "mixup", "Gives the weighted mean of two samples, and the labels of both with their weights.", group: .batch,
        parameters: [
            .number(
                "alpha", \.alpha, in: 0.01...100,
                "Of the Beta distribution of the weight: near 0 one sample is hardly seen, from 1 on both are.")
        ])
    /// One other sample.
    public static let partnerCount = 1

    /// Both parameters of the Beta distribution that the weight is drawn from.
    public var alpha = 0.4

    /// Every parameter at its default.
    public init() {}

    /// Draws the weight of the sample itself.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["weight": [draws.beta(alpha, named: "weight")]])
    }

    /// Mixes images and keeps both samples' labels.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let weight = try values.list("weight", count: 1, in: 0...1, of: Self.name)[0]
        let partner = partners[0]
        for i in sample.sample.images.indices {
            guard sample.sample.images[i].kind != .bool else {
                throw .transform(path: Self.name, "expected images of numbers, found bool")
            }
            let blending = Blending(other: partner.sample.images[i], weight: weight)
            sample.sample.images[i] = sample.sample.images[i].transformed(by: blending)
        }
        sample.sample.boxes += partner.sample.boxes
        sample.sample.points += partner.sample.points
        sample.sample.polygons += partner.sample.polygons
        for i in sample.layers.indices { sample.layers[i].weight *= weight }
        sample.layers.append(LabelLayer(weight: 1 - weight, labels: partner.sample.labels))
        sample.note([(partner.record.key, 1 - weight)])
    }
}
