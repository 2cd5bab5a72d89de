/// A ready pipeline with a name that programs and the command line know.
public struct PipelineRecipe: Sendable {
    /// The name.
    public let name: String
    /// What it is for, in one sentence.
    public let summary: String
    /// The pipeline.
    public let pipeline: Pipeline

    /// All ready pipelines.
    public static let all: [PipelineRecipe] = [
        PipelineRecipe(
            name: "nnunet_3d", summary: "The augmentation that nnU-Net trains with, for volumes.",
            pipeline: .nnUNet(isVolume: true)),
        PipelineRecipe(
            name: "nnunet_3d_anisotropic",
            summary: "The augmentation that nnU-Net trains with, for volumes of thick slices.",
            pipeline: .nnUNet(isAnisotropic: true)),
        PipelineRecipe(
            name: "nnunet_2d", summary: "The augmentation that nnU-Net trains with, for pictures.",
            pipeline: .nnUNet(isVolume: false)),
        PipelineRecipe(
            name: "pathology", summary: "Symmetries, small affine changes, stain, blur and JPEG for patches of slides.",
            pipeline: .pathology()),
        PipelineRecipe(
            name: "ecvl_skin_lesion", summary: "The training chain of ECVL's example on skin lesions.",
            pipeline: .ecvlSkinLesion),
    ]

    /// The ready pipeline of a name.
    public static func named(_ name: String) -> PipelineRecipe? { all.first { $0.name == name } }
}

/// A transform with some parameters set.
func made<Made: Transform>(_ type: Made.Type, _ set: (inout Made) -> Void = { _ in }) -> Made {
    var result = Made()
    set(&result)
    return result
}
