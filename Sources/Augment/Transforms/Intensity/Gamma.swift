import ImageCore
import ImageProcessing

/// Raises values to a power between black and white.
///
/// Any image. Where the domain has no black and white (Hounsfield units), and with ``Range/image`` always, the smallest and
/// largest value of each channel take their place. With ``invert`` the power acts on the distance from white, and with
/// ``retainStatistics`` mean and deviation of each channel stay, both as in the nnU-Net recipe.
public struct Gamma: Transform {
    /// Between which values the power acts.
    public enum Range: String, Sendable, Hashable, CaseIterable {
        /// Black and white of the domain.
        case domain
        /// Smallest and largest value of each channel.
        case image
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Gamma>(
        "gamma", "Raises values between black and white to a power.", group: .intensity, domain: .any,
        parameters: [
            .distribution(
                "exponent", \.exponent, in: 0...100,
                "Below 1 brightens, above 1 darkens; 0 makes all white."),
            .choice("range", \.range, "Whether black and white are those of the domain or of each image's channels."),
            .number("invert", \.invert, unit: .probability, in: 0...1, "How likely the power acts on inverted values."),
            .flag("retain_statistics", \.retainStatistics, "Whether mean and deviation of each channel stay."),
        ])

    /// The exponent.
    public var exponent = Distribution.fixed(1)
    /// Between which values the power acts.
    public var range = Range.domain
    /// How likely values are inverted before and after.
    public var invert = 0.0
    /// Whether mean and deviation of each channel stay.
    public var retainStatistics = false

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "exponent": [draws.value(of: exponent, named: "exponent")],
            "invert": [draws.chance(invert, named: "invert") ? 1 : 0],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (exponent, inverts) = (values["exponent"], values["invert"] != 0)
        guard exponent != 1 else { return [] }
        let limits = range == .domain ? scene.blackAndWhite : nil
        if let limits, !retainStatistics {
            let (black, white) = (limits.lowerBound, limits.upperBound)
            let power = Self.power(exponent, black: black, white: white)
            let turned = RowOperation.linear(scale: [-1], bias: [black + white])
            return [.pixels(inverts ? [turned, power, turned] : [power])]
        }
        guard retainStatistics else { return [.measured { Self.powers($0, limits, exponent, inverts) }] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                let before = ImageMeasures(of: image)
                let powers = Self.powers(before, limits, exponent, inverts)
                guard let after = try image.change(by: powers, measuring: .all) else { return }
                try image.change(by: [Self.restoring(before, after: ImageMeasures(after))])
            }
        ]
    }

    /// The power between two values; what is not above black has a power of 0 as well.
    private static func power(_ exponent: Double, black: Double, white: Double) -> RowOperation {
        guard exponent > 0 else { return .linear(scale: [0], bias: [white]) }
        return .gamma(exponent: exponent, black: black, white: white)
    }

    /// The power between limits of each channel: values as parts, the power, and back.
    private static func powers(
        _ measures: ImageMeasures, _ limits: ClosedRange<Double>?, _ exponent: Double, _ inverts: Bool
    ) -> [RowOperation] {
        let channels = measures.mean.indices
        let black = channels.map { limits?.lowerBound ?? measures.minimum[$0] }
        let white = channels.map { limits?.upperBound ?? measures.maximum[$0] }
        // A channel of one value stays: its part is 0, or 1 inverted.
        let span = channels.map { white[$0] > black[$0] ? white[$0] - black[$0] : 1 }
        let from = inverts ? white : black
        let sign = inverts ? -1.0 : 1
        return [
            .linear(scale: span.map { sign / $0 }, bias: channels.map { -sign * from[$0] / span[$0] }),
            power(exponent, black: 0, white: 1),
            .linear(scale: span.map { sign * $0 }, bias: from),
        ]
    }

    /// What brings mean and deviation back to what they were.
    private static func restoring(_ before: ImageMeasures, after: ImageMeasures) -> RowOperation {
        let scale = zip(before.deviation, after.deviation).map { $1 > 0 ? $0 / $1 : 1 }
        let bias = scale.indices.map { before.mean[$0] - after.mean[$0] * scale[$0] }
        return .linear(scale: scale, bias: bias)
    }
}
