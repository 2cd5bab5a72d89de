public import ImageCore

/// A change of a sample by others of its batch; it stands below `batch` in a pipeline file.
///
/// Its partners are chosen by the key of the sample: the same batch gives the same partners in whatever order it comes. They
/// are taken as the steps of the pipeline left them, not as other mixing did.
public protocol BatchTransform: Transform {
    /// How many other samples a result is made of; where the batch has fewer, some are taken twice.
    static var partnerCount: Int { get }

    /// Changes a sample.
    ///
    /// - Parameters:
    ///   - sample: The sample with what was mixed into it before.
    ///   - partners: As many others as ``partnerCount`` says, with images and labels of the same form.
    ///   - values: The drawn numbers.
    ///   - draws: The key of the place, for choices that are not part of the record.
    /// - Throws: ``AugmentError`` where the numbers or the samples do not fit.
    func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError)
}

extension BatchTransform {
    /// An error: one sample alone cannot be mixed.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        throw .transform(path: Self.name, "mixes samples of a batch: it belongs below batch, not below steps")
    }
}

/// A sample that a mixed one is made of.
public struct MixSource: Sendable, Hashable, Codable {
    /// Its key; training code finds its class by this.
    public var key: DrawKey
    /// Its part of the result; those of all sources add up to 1.
    public var weight: Double

    /// A source by its parts.
    public init(key: DrawKey, weight: Double) {
        self.key = key
        self.weight = weight
    }
}

/// Labels of a mixed sample: the loss of a result is the weighted sum of the losses for each layer.
public struct LabelLayer: Sendable, Equatable {
    /// The part of the layer; those of all layers add up to 1.
    public var weight: Double
    /// Masks and label images, on the grid of the images and never interpolated.
    public var labels: [AnyImage]

    /// A layer by its parts.
    public init(weight: Double, labels: [AnyImage]) {
        self.weight = weight
        self.labels = labels
    }
}

extension Augmented {
    /// Notes parts that other samples have in the result; what was there before keeps the rest.
    mutating func note(_ parts: [(key: DrawKey, weight: Double)]) {
        let rest = 1 - parts.reduce(0) { $0 + $1.weight }
        for i in sources.indices { sources[i].weight *= rest }
        for part in parts where part.weight > 0 {
            if let i = sources.firstIndex(where: { $0.key == part.key }) {
                sources[i].weight += part.weight
            } else {
                sources.append(MixSource(key: part.key, weight: part.weight))
            }
        }
    }
}
