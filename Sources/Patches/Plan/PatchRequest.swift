/// What patches are wanted of every slide.
public struct PatchRequest: Sendable, Hashable {
    /// Edge of a patch in pixels of the result.
    public var size: Int
    /// Distance between the left edges of neighbors in pixels of the result.
    public var stride: Int
    /// The resolution of the result.
    public var scale: TargetScale
    /// What happens at the right and bottom edge.
    public var edge: EdgePolicy
    /// The least fraction of tissue, 0 to 1; of no effect without a tissue mask.
    public var minTissue: Double
    /// How annotated coverage becomes a label.
    public var labels: LabelRule
    /// How many patches are kept.
    public var quota: PatchQuota

    /// A request by its parts.
    public init(
        size: Int = 256, stride: Int? = nil, scale: TargetScale = .level(0), edge: EdgePolicy = .drop,
        minTissue: Double = 0.5, labels: LabelRule = LabelRule(classes: []), quota: PatchQuota = PatchQuota()
    ) {
        self.size = size
        self.stride = stride ?? size
        self.scale = scale
        self.edge = edge
        self.minTissue = minTissue
        self.labels = labels
        self.quota = quota
    }
}
