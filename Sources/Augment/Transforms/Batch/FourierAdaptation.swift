import ImageCore
import ImageProcessing

/// Gives an image the low frequencies' amplitudes of another sample of the batch: its light and color, not its shapes.
///
/// Y. Yang and S. Soatto, "FDA: Fourier domain adaptation for semantic segmentation" (2020), in each channel of pictures and volumes.
/// Phases and labels stay, and the sample remains the only source of its class.
public struct FourierAdaptation: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<FourierAdaptation>(
        "fourier_adaptation", "Gives an image the amplitudes of another sample's low frequencies.", group: .batch,
        parameters: [
            .distribution(
                "beta", \.beta, unit: .fraction, in: 0...0.5,
                "Up to which frequency: periods along each axis as a part of the shortest side.")
        ])
    /// One other sample.
    public static let partnerCount = 1

    /// Half the side of the square of exchanged frequencies, as a part of the shortest side.
    public var beta = Distribution.uniform(0, 0.1)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { draws.values(["beta": beta]) }

    /// Changes the amplitudes.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let beta = try values.list("beta", count: 1, in: 0...0.5, of: Self.name)[0]
        try sample.changeImages(like: partners[0], name: Self.name) { (image, other) throws(ImageError) in
            let sides = image.sizes.dropFirst()
            let limit = (beta * Double(sides.min() ?? 1)).rounded(.down).whole
            for channel in 0..<image.channels {
                var spectrum = try KSpace.spectrum(of: image, channel: channel)
                let wanted = try KSpace.spectrum(of: other, channel: channel)
                var index = -1
                spectrum.forEachFrequency { frequencies, value in
                    index += 1
                    let isLow = (0..<3).allSatisfy { abs(frequencies[$0]) <= limit }
                    guard isLow else { return }
                    let (size, target) = (Self.magnitude(value), Self.magnitude(wanted.values[index]))
                    value = size > 0 ? value * (target / size) : SIMD2(target, 0)
                }
                try KSpace.write(spectrum, to: &image, channel: channel)
            }
        }
    }

    private static func magnitude(_ value: SIMD2<Float>) -> Float { (value * value).sum().squareRoot() }
}
