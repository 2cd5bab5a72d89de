import ImageCore
import ImageProcessing

/// Multiplies and shifts the concentrations of hematoxylin, eosin and DAB, each by numbers of its own.
///
/// RGB only. D. Tellez et al., "Whole-slide mitosis detection in H&E breast histology using PHH3 as a reference to train
/// distilled stain-invariant convolutional networks", IEEE Trans. Med. Imaging 37 (2018) 2126–2136. Unmixing, change and mixing
/// are one matrix between optical densities −ln(value / white). Usual: scale 0.95 to 1.05 ("light") or 0.8 to 1.2 ("strong").
/// Numbers for scikit-image's units are multiplied by ln(10⁶) = 13.8 for the shift. Other stains may be given; of two, what they
/// do not explain stays.
public struct HEDJitter: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HEDJitter>(
        "hed_jitter", "Multiplies and shifts the concentrations of stains: hematoxylin, eosin and DAB, or others.",
        group: .stain,
        domain: .rgb,
        parameters: [
            .distribution("scale", \.scale, unit: .factor, in: 0...10, "What each concentration is multiplied by."),
            .distribution("shift", \.shift, unit: .none, in: -10...10, "What is added, in optical density."),
            .numbers(
                "stains", \.stains, in: -10...10, count: 6...9,
                "Absorbance in red, green, blue of two or three stains; the default is Ruifrok's hematoxylin, eosin, DAB."
            ),
            .flag(
                "background", \.background,
                "Whether pixels without tissue, of a luma of 0.85 of white and above, are changed, too."),
        ])

    /// What each concentration is multiplied by; drawn for each stain.
    public var scale = Distribution.fixed(1)
    /// What is added to each, in optical density; drawn for each stain.
    public var shift = Distribution.fixed(0)

    /// Absorbance in red, green and blue of the first stain, then of the others.
    public var stains = StainMatrix.hematoxylinEosinDAB.stains.flatMap { [$0.x, $0.y, $0.z] }
    /// Whether pixels without tissue are changed, too; their luma is 0.85 of white and above, as Albumentations has it.
    public var background = true

    /// Every parameter at its default.
    public init() {}

    /// Stains that cannot be told apart.
    public var conflict: (expected: String, found: String)? {
        guard stains.count % 3 == 0, (try? matrix) != nil else {
            return (expected: "two or three stains of different directions, three numbers each", found: stains.listText)
        }
        return nil
    }

    private var matrix: StainMatrix {
        get throws(ImageError) {
            let known = StainMatrix.hematoxylinEosinDAB
            let vectors = stride(from: 0, to: stains.count - 2, by: 3).map { SIMD3(stains[$0..<$0 + 3]) }
            return vectors == known.stains ? known : try StainMatrix(vectors)
        }
    }

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "scale": (0..<stains.count / 3).map { draws.value(of: scale, named: "scale", index: $0) },
            "shift": (0..<stains.count / 3).map { draws.value(of: shift, named: "shift", index: $0) },
        ])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        // What two stains leave over stays.
        let scale = SIMD3((values.list("scale") + [1]).prefix(3))
        let shift = SIMD3((values.list("shift") + [0]).prefix(3))
        guard scale != .one || shift != .zero else { return [] }
        let white = scene.blackAndWhite?.upperBound ?? 1
        let change: RowOperation
        do {
            change = try matrix.operation(scale: scale, shift: shift, white: white)
        } catch {
            throw .transform(path: Self.name, "\(error)")
        }
        guard !background else { return [.pixels([change])] }
        return [
            .image { image, _ throws(AugmentError) in
                let before = image
                try Rendering.change(&image, [change], workers: 1)
                Self.restore(&image, from: before, lighterThan: Float(0.85 * white))
            }
        ]
    }

    /// Gives pixels of a luma (BT.601) at and above a limit their old values.
    private static func restore(_ image: inout Image<Float>, from before: Image<Float>, lighterThan limit: Float) {
        let length = image.count / 3
        let old = before.samples
        var samples = image.mutableSamples
        for i in 0..<length {
            let (red, green, blue) = (old[i], old[length + i], old[2 * length + i])
            guard 0.299 * red + 0.587 * green + 0.114 * blue >= limit else { continue }
            (samples[i], samples[length + i], samples[2 * length + i]) = (red, green, blue)
        }
    }
}
