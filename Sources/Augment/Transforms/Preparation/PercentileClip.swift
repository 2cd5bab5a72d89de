import ImageCore
import ImageProcessing

/// Cuts values off at fixed percentiles of each channel.
///
/// Any image; percentiles are interpolated linearly, as NumPy's.
public struct PercentileClip: Transform {
    /// Which values count for percentiles.
    public enum Over: String, Sendable, Hashable, CaseIterable {
        case all, nonzero
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<PercentileClip>(
        "percentile_clip", "Cuts values off at percentiles of each channel.", group: .preparation, domain: .any,
        parameters: [
            .number("lower", \.lower, in: 0...100, "Percentile below which values are cut off."),
            .number("upper", \.upper, in: 0...100, "Percentile above which values are cut off."),
            .choice("over", \.over, "Which values count for the percentiles."),
        ], changesValuesOnly: true)

    /// Percentile below which values are cut off.
    public var lower = 0.5
    /// Percentile above which values are cut off.
    public var upper = 99.5
    /// Which values count.
    public var over = Over.all

    /// Every parameter at its default.
    public init() {}

    /// Limits in the wrong order.
    public var conflict: (expected: String, found: String)? {
        guard lower >= upper else { return nil }
        return (expected: "lower below upper", found: "\(lower.shortText), \(upper.shortText)")
    }

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        guard lower > 0 || upper < 100 else { return [] }
        let (lower, upper, nonzero) = (lower, upper, over == .nonzero)
        return [
            .observed { image throws(AugmentError) in
                [try Percentile.limits(of: image, lower, upper, nonzeroOnly: nonzero)]
            }
        ]
    }
}

/// Brings percentiles of each channel to those of a standard, linearly between them and beyond.
///
/// Any image. L. G. Nyúl, J. K. Udupa, X. Zhang, "New variants of a method of MRI scale standardization", IEEE Trans. Med.
/// Imaging 19 (2000) 143–150. The landmarks are the mean of the same percentiles over a training set. The result is made of
/// floats.
public struct HistogramStandardize: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HistogramStandardize>(
        "histogram_standardize", "Brings percentiles of each channel to those of a standard.", group: .preparation,
        domain: .any,
        parameters: [
            .numbers("percentiles", \.percentiles, in: 0...100, count: 2...64, "Rising percentiles."),
            .numbers(
                "landmarks", \.landmarks, unit: .value, in: -1e9...1e9, count: 2...64, "What they become, rising."),
            .choice("over", \.over, "Which values count for the percentiles; all are changed."),
        ])

    /// Rising percentiles.
    public var percentiles = [1.0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99]
    /// What they become.
    public var landmarks = [0.0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    /// Which values count.
    public var over = PercentileClip.Over.all

    /// Every parameter at its default.
    public init() {}

    /// Lists that do not rise, or are not as long as each other.
    public var conflict: (expected: String, found: String)? {
        func rises(_ list: [Double]) -> Bool { zip(list, list.dropFirst()).allSatisfy { $0 < $1 } }
        if percentiles.count == landmarks.count, rises(percentiles), rises(landmarks) { return nil }
        return (
            expected: "as many rising landmarks as rising percentiles",
            found: "\(landmarks.listText), \(percentiles.listText)"
        )
    }

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (percents, goal, nonzero) = (percentiles, landmarks, over == .nonzero)
        return [
            .image { image, _ throws(AugmentError) in
                let channels = image.channels
                let length = image.count / max(1, channels)
                for channel in 0..<channels {
                    guard
                        let found = try Percentile.values(percents, of: image, channel: channel, nonzeroOnly: nonzero),
                        let curve = LandmarkCurve(from: found, to: goal)
                    else { continue }
                    var samples = image.mutableSamples
                    for i in channel * length..<(channel + 1) * length {
                        samples[i] = Float(curve.value(at: Double(samples[i])))
                    }
                }
            }, .output(OutputForm(kind: .float32, domain: .unspecified)),
        ]
    }
}

/// A line through landmarks, continued at both ends.
struct LandmarkCurve {
    private var from: [Double] = []
    private var to: [Double] = []

    /// Landmarks that coincide in the image count once; `nil` where fewer than two are left: a channel of one value stays.
    init?(from found: [Double], to goal: [Double]) {
        for (value, target) in zip(found, goal) where from.last.map({ value > $0 }) ?? true {
            from.append(value)
            to.append(target)
        }
        if from.count < 2 { return nil }
    }

    func value(at place: Double) -> Double {
        var high = 1
        while high < from.count - 1, place > from[high] { high += 1 }
        let part = (place - from[high - 1]) / (from[high] - from[high - 1])
        return to[high - 1] + part * (to[high] - to[high - 1])
    }
}
