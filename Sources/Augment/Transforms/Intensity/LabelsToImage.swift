import ImageCore
import ImageProcessing

/// Makes the images anew from the labels: each label has a random mean and deviation, each sample is a normal number of these.
///
/// B. Billot et al., "A learning method for contrast-agnostic segmentation" (SynthSeg, 2020), and TorchIO's LabelsToImage: a
/// mixture of Gaussians, one for each label. Blur, bias field and noise after it make it look like a scan. Size, type, channels and
/// labels stay.
public struct LabelsToImage: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LabelsToImage>(
        "labels_to_image", "Makes images from labels: normal numbers of a random mean and deviation for each label.",
        group: .intensity,
        parameters: [
            .distribution("mean", \.mean, unit: .valueRange, in: -1e9...1e9, "What each label's mean is drawn from."),
            .distribution(
                "deviation", \.deviation, unit: .valueRange, in: 0...1e9, "What each label's deviation is drawn from."),
            .flag("keep_background", \.keepBackground, "Whether images stay where the label is 0."),
        ])

    /// What each label's mean is drawn from.
    public var mean = Distribution.uniform(0.1, 0.9)
    /// What each label's deviation is drawn from.
    public var deviation = Distribution.uniform(0.01, 0.1)
    /// Whether images stay where the label is 0.
    public var keepBackground = false

    /// Every parameter at its default.
    public init() {}

    /// Draws mean and deviation of each label; a label has the same ones whatever others there are.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let found = try Self.numbers(in: scene)
        let classes = Set(found).subtracting(keepBackground ? [0] : []).sorted()
        guard classes.count <= 4096 else {
            throw .transform(path: Self.name, "expected at most 4096 different labels, found \(classes.count)")
        }
        func all(_ distribution: Distribution, _ name: String) -> [Double] {
            classes.map { draws.value(of: distribution, named: name, index: Int($0)) }
        }
        return DrawnValues([
            "labels": classes.map(Double.init), "mean": all(mean, "mean"), "deviation": all(deviation, "deviation"),
        ])
    }

    /// What the drawn numbers do; the noise follows from the key.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let numbers = try Self.numbers(in: scene)
        let labels = values.list("labels")
        let means = try values.list("mean", count: labels.count, in: -1e9...1e9, of: Self.name)
        let deviations = try values.list("deviation", count: labels.count, in: 0...1e9, of: Self.name)
        let (range, black) = (scene.valueRange, scene.black)
        var look: [Int64: SIMD2<Float>] = [:]
        for (i, label) in labels.enumerated() {
            look[Int64(label.whole)] = SIMD2(Float(black + means[i] * range), Float(deviations[i] * range))
        }
        return [
            .image { [look] image, index in
                let length = image.count / image.channels
                guard numbers.count == length else { return }
                let channels = image.channels
                let field = NoiseField(key: draws.noiseKey(image: index))
                var samples = image.mutableSamples
                for (i, number) in numbers.enumerated() {
                    guard let normal = look[number] else { continue }
                    for place in stride(from: i, to: channels * length, by: length) {
                        samples[place] = normal.x + normal.y * field.normal(at: place)
                    }
                }
            }
        ]
    }

    /// The labels in C order of z, y, x.
    private static func numbers(in scene: Scene) throws(AugmentError) -> [Int64] {
        guard let labels = try scene.labels().first else {
            throw .transform(path: name, "expected a sample with labels, found none")
        }
        do {
            var image = labels.converted(to: Int64.self)
            if image.axes.contains(.channel) { image = try image.removing(.channel) }
            image = try image.rearranged(to: scene.isVolume ? [.z, .y, .x] : [.y, .x])
            var values: [Int64] = []
            image.reduce(into: ()) { values.append($1) }
            return values
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }
}
