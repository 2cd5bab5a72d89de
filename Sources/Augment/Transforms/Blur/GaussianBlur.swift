import ImageCore
import ImageProcessing

/// Blurs by a Gaussian, in volumes along all three axes.
///
/// Any image. The weights end at four deviations; beyond the edge the image is mirrored on its outermost sample.
public struct GaussianBlur: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<GaussianBlur>(
        "gaussian_blur", "Blurs by a Gaussian.", group: .blur,
        parameters: [
            .perAxis("sigma", \.sigma, unit: .pixels, in: 0...1000, neutral: 0, "Standard deviation."),
            .perAxis(
                "sigma_millimetres", \.sigmaMillimetres, unit: .millimetres, in: 0...1000, neutral: 0,
                "Standard deviation; counts instead of sigma where it is above 0, and needs a known spacing."),
        ])

    /// Standard deviation in pixels; one for all axes or one for each.
    public var sigma: [Distribution] = [.fixed(1)]
    /// Standard deviation in millimetres, which counts instead where it is above 0.
    public var sigmaMillimetres: [Distribution] = [.fixed(0)]

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let millimetres = draws.shared(sigmaMillimetres, named: "sigma_millimetres")
        if millimetres.contains(where: { $0 > 0 }), (scene.spacingMillimetres?.min() ?? 0) <= 0 {
            throw .transform(path: Self.name, "sigma_millimetres needs an image with a spacing, found none")
        }
        return DrawnValues([
            "sigma": draws.shared(sigma, named: "sigma"), "sigma_millimetres": millimetres,
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (pixels, millimetres) = (values.list("sigma"), values.list("sigma_millimetres"))
        let sigmas = scene.axisNumbers.map { axis in
            let length = millimetres.dropFirst(axis).first ?? millimetres.last ?? 0
            if length > 0, let spacing = scene.spacingMillimetres { return length / spacing[axis] }
            return pixels.dropFirst(axis).first ?? pixels.last ?? 0
        }
        guard sigmas.contains(where: { $0 > 0 }) else { return [] }
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                // Together, so that pictures take the kernels.
                if let sigma = sigmas.first, sigmas.allSatisfy({ $0 == sigma }) {
                    image = try image.gaussianBlurred(
                        sigma: sigma, along: Array([.x, .y, .z].prefix(sigmas.count)), reach: 4)
                    return
                }
                for (axis, sigma) in zip([Axis.x, .y, .z], sigmas) where sigma > 0 {
                    image = try image.gaussianBlurred(sigma: sigma, along: [axis], reach: 4)
                }
            }
        ]
    }
}
