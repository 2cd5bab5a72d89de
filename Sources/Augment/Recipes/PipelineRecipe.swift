/// A ready pipeline with a name that programs and the command line know.
public struct PipelineRecipe: Sendable {
    /// The name.
    public let name: String
    /// What it is for, in one sentence.
    public let summary: String
    /// The pipeline.
    public let pipeline: Pipeline

    /// All ready pipelines.
    public static let all: [PipelineRecipe] = []

    /// The ready pipeline of a name.
    public static func named(_ name: String) -> PipelineRecipe? { all.first { $0.name == name } }
}
