/// One step of a pipeline: a transform or a container of steps, and how often it happens.
public struct Step: Sendable {
    /// What the step does.
    public indirect enum Action: Sendable {
        /// One transform.
        case transform(any Transform)
        /// All steps in order.
        case sequence([Step])
        /// All steps, in an order drawn anew for each sample.
        case randomOrder([Step])
        /// One of the steps, drawn with weights.
        case oneOf([Step], weights: [Double])
        /// Several different steps in the order of the list; the count is drawn.
        case someOf([Step], count: Distribution)
        /// All steps in order, several times; the count is drawn.
        case repeated([Step], count: Distribution)
        /// All steps for each channel on its own, with numbers drawn anew for each; no step may move pixels.
        case perChannel([Step])
    }

    /// What the step does.
    public var action: Action
    /// How likely it happens at all; 1 unless stated.
    public var probability: Double
    /// Where the step is written, for messages; `nil` where it is not from a file.
    public var place: Place?

    /// A step by its parts.
    public init(_ action: Action, probability: Double = 1, place: Place? = nil) {
        self.action = action
        self.probability = probability
        self.place = place
    }

    /// A step of one transform.
    public init(_ transform: any Transform, probability: Double = 1) {
        self.init(.transform(transform), probability: probability)
    }
}
