import ImageCore
import ImageProcessing

/// Cuts values off at fixed limits.
///
/// Any image; the limits are in its own numbers.
public struct Clamp: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Clamp>(
        "clamp", "Cuts values off at fixed limits.", group: .preparation, domain: .any,
        parameters: [
            .automatic("lower", \.lower, unit: .value, in: -1e9...1e9, "The smallest value; auto is none."),
            .automatic("upper", \.upper, unit: .value, in: -1e9...1e9, "The largest value; auto is none."),
        ], changesValuesOnly: true)

    /// The smallest value; `nil` is none.
    public var lower: Double?
    /// The largest value; `nil` is none.
    public var upper: Double?

    /// Every parameter at its default.
    public init() {}

    /// Limits in the wrong order.
    public var conflict: (expected: String, found: String)? {
        guard let lower, let upper, lower > upper else { return nil }
        return (expected: "lower below upper", found: "\(lower.shortText), \(upper.shortText)")
    }

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        guard lower != nil || upper != nil else { return [] }
        let most = Double(Float.greatestFiniteMagnitude)
        return [.pixels([.limits(lower: [lower ?? -most], upper: [upper ?? most])])]
    }
}

/// Brings values linearly from one range to another; what lies beyond goes beyond unless it is cut off.
///
/// Any image. The range that values come from is, unless stated, black to white of the domain, or the smallest and largest
/// value of the image where it has neither. The result is made of floats.
public struct Rescale: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Rescale>(
        "rescale", "Brings values linearly from one range to another; the result is made of floats.",
        group: .preparation, domain: .any,
        parameters: [
            .automatic(
                "from_lower", \.fromLower, unit: .value, in: -1e9...1e9, "What becomes to_lower; auto is black."),
            .automatic(
                "from_upper", \.fromUpper, unit: .value, in: -1e9...1e9, "What becomes to_upper; auto is white."),
            .number("to_lower", \.toLower, unit: .value, in: -1e9...1e9, "Where the range begins."),
            .number("to_upper", \.toUpper, unit: .value, in: -1e9...1e9, "Where the range ends."),
            .flag("clip", \.clip, "Whether values beyond the range are cut off."),
        ])

    /// What becomes ``toLower``; `nil` is black, or the smallest value.
    public var fromLower: Double?
    /// What becomes ``toUpper``; `nil` is white, or the largest value.
    public var fromUpper: Double?
    /// Where the range begins.
    public var toLower = 0.0
    /// Where the range ends.
    public var toUpper = 1.0
    /// Whether values beyond the range are cut off.
    public var clip = false

    /// Every parameter at its default.
    public init() {}

    /// Ranges that are empty or the wrong way round.
    public var conflict: (expected: String, found: String)? {
        if let fromLower, let fromUpper,
            let conflict = Limits.conflict("from_lower", fromLower, "from_upper", fromUpper)
        {
            return conflict
        }
        return Limits.conflict("to_lower", toLower, "to_upper", toUpper)
    }

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let low = fromLower ?? scene.blackAndWhite?.lowerBound
        let high = fromUpper ?? scene.blackAndWhite?.upperBound
        let (start, end, clip) = (toLower, toUpper, clip)
        let make = { @Sendable (low: Double, high: Double) -> [RowOperation] in
            let factor = high > low ? (end - start) / (high - low) : 0
            let linear = RowOperation.linear(scale: [factor], bias: [start - low * factor])
            return clip ? [linear, .limits(lower: [min(start, end)], upper: [max(start, end)])] : [linear]
        }
        let range = min(start, end)...max(start, end)
        let form = OutputForm(
            kind: .float32, domain: range == 0...1 ? .unit : start == end ? .unspecified : .range(range))
        if let low, let high { return [.pixels(make(low, high)), .output(form)] }
        return [
            .measured { make(low ?? $0.minimum.min() ?? 0, high ?? $0.maximum.max() ?? 0) }, .output(form),
        ]
    }
}

/// Makes floats of the values: from 0 to 1 where the domain has black and white, otherwise the values as they are.
public struct ToFloat: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ToFloat>(
        "to_float", "Makes floats of the values, from 0 to 1 where the domain has black and white.",
        group: .preparation, domain: .any)

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        guard let limits = scene.blackAndWhite else { return [.output(OutputForm(kind: .float32))] }
        let form = Operation.output(OutputForm(kind: .float32, domain: .unit))
        let factor = 1 / (limits.upperBound - limits.lowerBound)
        guard factor != 1 || limits.lowerBound != 0 else { return [form] }
        return [.pixels([.linear(scale: [factor], bias: [-limits.lowerBound * factor])]), form]
    }
}
