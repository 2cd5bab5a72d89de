import ImageProcessing

/// Multiplies and shifts the concentrations of hematoxylin, eosin and DAB, each by numbers of its own.
///
/// RGB only. D. Tellez et al., "Whole-slide mitosis detection in H&E breast histology using PHH3 as a reference to train
/// distilled stain-invariant convolutional networks", IEEE Trans. Med. Imaging 37 (2018) 2126–2136. Unmixing, change and mixing
/// are one matrix between optical densities −ln(value / white). Usual: scale 0.95 to 1.05 ("light") or 0.8 to 1.2 ("strong").
/// Numbers for scikit-image's units are multiplied by ln(10⁶) = 13.8 for the shift.
public struct HEDJitter: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<HEDJitter>(
        "hed_jitter", "Multiplies and shifts the concentrations of hematoxylin, eosin and DAB.", group: .stain,
        domain: .rgb,
        parameters: [
            .distribution("scale", \.scale, unit: .factor, in: 0...10, "What each concentration is multiplied by."),
            .distribution("shift", \.shift, unit: .none, in: -10...10, "What is added, in optical density."),
        ])

    /// What each concentration is multiplied by; drawn for each stain.
    public var scale = Distribution.fixed(1)
    /// What is added to each, in optical density; drawn for each stain.
    public var shift = Distribution.fixed(0)

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "scale": (0..<3).map { draws.value(of: scale, named: "scale", index: $0) },
            "shift": (0..<3).map { draws.value(of: shift, named: "shift", index: $0) },
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (scale, shift) = (SIMD3(values.list("scale")), SIMD3(values.list("shift")))
        guard scale != .one || shift != .zero else { return [] }
        let white = scene.blackAndWhite?.upperBound ?? 1
        return [.pixels([StainMatrix.hematoxylinEosinDAB.operation(scale: scale, shift: shift, white: white)])]
    }
}
