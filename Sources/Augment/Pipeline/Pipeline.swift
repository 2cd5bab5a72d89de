import ImageCore

/// What is done to every sample: steps in order, as a value that files hold.
///
/// ```yaml
/// tessera_pipeline: 1
/// steps:
///   - d4
///   - affine: {rotate: {uniform: [-15, 15]}, scale: {uniform: [0.9, 1.1]}, p: 0.5}
///   - one_of:
///       p: 0.7
///       steps:
///         - gaussian_blur: {sigma: {uniform: [0.1, 1.5]}}
///         - gaussian_noise: {deviation: 0.02}
/// batch:
///   - cutmix: {p: 0.5}
/// ```
public struct Pipeline: Sendable {
    /// The version of the format of pipeline files.
    public static let version = 1
    /// The steps, first to last.
    public var steps: [Step] {
        didSet { facts = Facts(steps, batch) }
    }
    /// What mixes the samples of a batch after the steps: ``BatchTransform``s, perhaps in containers.
    public var batch: [Step] {
        didSet { facts = Facts(steps, batch) }
    }
    /// 16 hexadecimal digits that stand for ``canonicalText``: they tell pipelines apart, they protect nothing.
    public var identifier: String { facts.identifier }
    /// What every sample needs of the pipeline, found once.
    private(set) var facts: Facts

    /// A pipeline of some steps.
    public init(_ steps: [Step], batch: [Step] = []) {
        self.steps = steps
        self.batch = batch
        facts = Facts(steps, batch)
    }

    /// A pipeline of some transforms, each of which always happens.
    public init(_ transforms: any Transform...) { self.init(transforms.map { Step($0) }) }

    /// Reads a pipeline from YAML or JSON.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - file: The name of the file, for messages.
    ///   - table: The transforms that may be named.
    /// - Throws: ``AugmentError/pipeline(place:expected:found:)`` with line and column: for an unknown name or key, a value out
    ///   of range, or another version.
    public init(parsing text: String, file: String = "", table: TransformTable = .builtIn) throws(AugmentError) {
        try self.init(try PipelineText.parse(text, file: file), table: table)
    }

    init(_ value: PipelineValue, table: TransformTable) throws(AugmentError) {
        guard case .map(let entries) = value.content else {
            throw value.unexpected("a map with tessera_pipeline and steps")
        }
        for entry in entries where !["tessera_pipeline", "steps", "batch"].contains(entry.key) {
            throw .pipeline(place: entry.place, expected: "tessera_pipeline, steps or batch", found: "\"\(entry.key)\"")
        }
        guard let version = entries.first(where: { $0.key == "tessera_pipeline" })?.value else {
            throw .pipeline(place: value.place, expected: "tessera_pipeline: \(Self.version)", found: "no version")
        }
        guard case .number(Double(Self.version)) = version.content else {
            throw version.unexpected("version \(Self.version)")
        }
        guard let steps = entries.first(where: { $0.key == "steps" })?.value else {
            throw .pipeline(place: value.place, expected: "steps", found: "none")
        }
        let batch = entries.first { $0.key == "batch" }?.value
        let list = try Step.list(steps, table)
        try Step.limit(list.reduce(0) { $0 + $1.mostTransforms }, steps.place)
        self.init(
            list,
            batch: try batch.map { value throws(AugmentError) in try Step.list(value, table.forBatch) } ?? [])
    }
}

extension Pipeline: Codable, Hashable {
    var pipelineValue: PipelineValue { Self.value(of: steps, batch) }

    private static func value(of steps: [Step], _ batch: [Step]) -> PipelineValue {
        let mixing = batch.isEmpty ? [] : [("batch", PipelineValue.list(batch.map(\.pipelineValue)))]
        return .map(
            [("tessera_pipeline", .number(Double(version))), ("steps", .list(steps.map(\.pipelineValue)))] + mixing)
    }

    fileprivate static func identifier(of steps: [Step], _ batch: [Step]) -> String {
        let text = value(of: steps, batch).canonicalText
        let digits = String(KeyedHash(seed: 0).combined(with: text).value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// JSON without blanks, with sorted keys and every parameter: the same text for the same pipeline.
    public var canonicalText: String { pipelineValue.canonicalText }

    /// Reads a pipeline of the built-in transforms.
    public init(from decoder: any Decoder) throws {
        try self.init(try PipelineValue(from: decoder), table: .builtIn)
    }

    /// Writes the pipeline with every parameter.
    public func encode(to encoder: any Encoder) throws { try pipelineValue.encode(to: encoder) }

    /// Whether both do the same.
    public static func == (a: Pipeline, b: Pipeline) -> Bool { a.canonicalText == b.canonicalText }

    /// Hashes the canonical text.
    public func hash(into hasher: inout Hasher) { hasher.combine(canonicalText) }
}

extension Pipeline {
    /// What follows from the steps, whatever the sample.
    struct Facts: Sendable {
        let identifier: String
        /// What all transforms together can work on.
        private var domain = TransformDomain.any
        private var hasConflict = false
        /// Whether a transform says more than pictures have a place for.
        private var exceedsPictures = false
        /// The numbers that transforms may put into labels.
        private var labelValues = Set<Double>()
        /// Whether a transform makes labels of 8 bits.
        private var makesByteLabels = false
        /// Whether a transform makes images anew, of numbers that their type may not hold.
        private var makesImages = false

        init(_ steps: [Step], _ batch: [Step]) {
            identifier = Pipeline.identifier(of: steps, batch)
            for placed in Pipeline.allTransforms(steps, batch) {
                let one = placed.transform.typeDomain
                domain.pictures = domain.pictures && one.pictures
                domain.volumes = domain.volumes && one.volumes
                domain.needsRGB = domain.needsRGB || one.needsRGB
                hasConflict = hasConflict || placed.transform.conflict != nil
                exceedsPictures = exceedsPictures || placed.transform.excessOnPictures != nil
                makesByteLabels = makesByteLabels || placed.transform is OneHot
                makesImages = makesImages || placed.transform is LabelsToImage
                labelValues.formUnion(placed.transform.labelValues.map(\.value))
            }
            hasConflict = hasConflict || Pipeline.channelConflict(steps, "", isChannel: false) != nil
        }

        /// Whether every transform can work on a sample; where not, the transforms say why one by one.
        func allow(_ sample: Sample, isVolume: Bool) -> Bool {
            !hasConflict && !makesImages && (isVolume ? domain.volumes : domain.pictures && !exceedsPictures)
                && (!domain.needsRGB || sample.images.allSatisfy { $0.color == .rgb && $0.channelCount == 3 })
                && (sample.labels.isEmpty || !makesByteLabels || labelValues.allSatisfy(ScalarKind.uint8.holds))
                && sample.labels.allSatisfy { labels in labelValues.allSatisfy(labels.kind.holds) }
        }
    }
}
