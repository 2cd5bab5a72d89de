/// What was drawn for one sample: enough to make the same bytes again.
public struct Record: Sendable, Hashable, Codable {
    /// The key of the draws.
    public var key: DrawKey
    /// ``Pipeline/identifier`` of the pipeline that drew.
    public var pipeline: String
    /// The transforms that happened, in order.
    public var steps: [DrawnStep]

    /// A record by its parts.
    public init(key: DrawKey, pipeline: String, steps: [DrawnStep] = []) {
        self.key = key
        self.pipeline = pipeline
        self.steps = steps
    }
}

/// One transform that happened.
public struct DrawnStep: Sendable, Hashable, Codable {
    /// Where the transform stands in the pipeline, from 0: `2` or `2/0`; `2#1/0` in the second round of a repetition.
    public var path: String
    /// The name of the transform.
    public var transform: String
    /// The channel that it was applied to; all of them where there is none.
    public var channel: Int?
    /// The numbers that were drawn.
    public var values: DrawnValues
    /// The samples of the batch that were mixed in; none for changes of single samples.
    public var partners: [DrawKey]?
}
