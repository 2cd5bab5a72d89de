import ImageCore
import ImageProcessing

/// Makes the images anew from the labels: each label has a random mean and deviation, each sample is a normal number of these.
///
/// B. Billot et al., "A learning method for contrast-agnostic segmentation" (SynthSeg, 2020), and TorchIO's LabelsToImage: a
/// mixture of Gaussians, one for each label. Blur, bias field and noise after it make it look like a scan. Size, type, channels and
/// labels stay.
///
/// As in both, mean and deviation are drawn from given ranges. They count in parts of white minus black, above black; where values have
/// neither, as Hounsfield units, they are values themselves, and the defaults mean fractions of 1: integers do not hold these, and
/// a pipeline whose result would be made of them is refused.
public struct LabelsToImage: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<LabelsToImage>(
        "labels_to_image", "Makes images from labels: normal numbers of a random mean and deviation for each label.",
        group: .intensity,
        parameters: [
            .distribution(
                "mean", \.mean, unit: .valueRange, in: -1e9...1e9,
                "What each label's mean is drawn from; in Hounsfield units for example {uniform: [-1000, 1000]}."),
            .distribution(
                "deviation", \.deviation, unit: .valueRange, in: 0...1e9,
                "What each label's deviation is drawn from; in Hounsfield units for example {uniform: [5, 50]}."),
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

    /// Why integers do not hold what is drawn: fractions between -1 and 1, rounded to two or three numbers; `nil` where they do.
    func lossByRounding(in scene: Scene) -> String? {
        guard !scene.kind.isFloatingPoint, scene.kind != .bool else { return nil }
        let (range, black) = (scene.valueRange, scene.black)
        let (low, high) = (black + mean.bounds.lowerBound * range, black + mean.bounds.upperBound * range)
        let widest = deviation.bounds.upperBound * range
        guard max(abs(low), abs(high)) <= 1, widest <= 0.5, widest > 0 || !mean.isWhole else { return nil }
        return
            "expected means and deviations that \(scene.kind.rawValue) holds, for Hounsfield units mean: {uniform: [-1000, 1000]} "
            + "and deviation: {uniform: [5, 50]}, found means from \(low.shortText) to \(high.shortText), which are rounded to whole numbers"
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

extension Distribution {
    /// Whether all that can be drawn are whole numbers.
    fileprivate var isWhole: Bool {
        let numbers = if case .choice(let values) = self { values } else { [bounds.lowerBound] }
        return (isFixed || numbers.count > 1) && numbers.allSatisfy { $0 == $0.rounded() }
    }
}
