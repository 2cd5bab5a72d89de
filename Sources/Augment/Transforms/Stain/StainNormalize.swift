import ImageCore
import ImageProcessing

/// Gives each image the stains of a target.
///
/// RGB only. `macenko` and `vahadane` bring the two stains of the image to ``stains`` and their 99th percentile to
/// ``strengths``; `reinhard` brings mean and deviation in CIELAB to ``mean`` and ``deviation``. The numbers of a target come
/// from `StainModel` and `ReinhardModel` of ImageProcessing. A blank tile stays as it is.
public struct StainNormalize: Transform {
    /// How stains are compared.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case macenko, vahadane, reinhard
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<StainNormalize>(
        "stain_normalize", "Gives each image the stains of a target.", group: .stain, domain: .rgb,
        parameters: [
            .choice("method", \.method, "How stains are compared."),
            .numbers(
                "stains", \.stains, in: -10...10, count: 6...6,
                "Absorbance of the target's hematoxylin in red, green, blue, then of its eosin."),
            .numbers(
                "strengths", \.strengths, in: 1e-3...100, count: 2...2,
                "The concentrations of hematoxylin and eosin that 99 % of the target's pixels stay below."),
            .numbers("mean", \.mean, in: -200...200, count: 3...3, "The target's mean of L, a, b, for reinhard."),
            .numbers(
                "deviation", \.deviation, in: 0...200, count: 3...3, "The target's deviation of L, a, b, for reinhard."),
        ])

    /// How stains are compared.
    public var method = Method.macenko
    /// The target's stains; the default is the reference of Macenko's published code.
    public var stains = [0.5626, 0.7201, 0.4062, 0.2159, 0.8012, 0.5581]
    /// The target's strengths; the default is the reference of Macenko's published code.
    public var strengths = [1.9705, 1.0308]
    /// The target's mean in CIELAB; the default is a typical slide of hematoxylin and eosin.
    public var mean = [70.0, 20, -12]
    /// The target's deviation in CIELAB.
    public var deviation = [14.0, 10, 8]

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let white = scene.blackAndWhite?.upperBound ?? 1
        guard method != .reinhard else {
            let model = ReinhardModel(mean: SIMD3(mean), deviation: SIMD3(deviation))
            return [ColorStatistics.operation(model, white: white, name: Self.name)]
        }
        do {
            let matrix = try StainMatrix([SIMD3(stains[0..<3]), SIMD3(stains[3..<6])])
            let model = StainModel(
                method: method == .macenko ? .macenko : .vahadane, stains: matrix, strengths: SIMD2(strengths))
            return [
                .observed { image throws(AugmentError) in
                    do {
                        return try model.operations(for: image, white: white)
                    } catch {
                        throw .transform(path: Self.name, "\(error)")
                    }
                }
            ]
        } catch {
            throw .transform(path: Self.name, "\(error)")
        }
    }
}

/// Matching of means and deviations of colors.
enum ColorStatistics {
    static func operation(_ model: ReinhardModel, white: Double, name: String) -> Operation {
        .image { image, _ throws(AugmentError) in
            do {
                image = try model.applied(to: image, white: white)
            } catch {
                throw .transform(path: name, "\(error)")
            }
        }
    }
}
