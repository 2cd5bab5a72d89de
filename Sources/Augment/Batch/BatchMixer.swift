import ImageCore
import ImageProcessing

/// Mixes the samples of a batch, each with partners as the steps left them.
struct BatchMixer: Sendable {
    /// The prefix of places below `batch` in a record.
    static let prefix = "batch/"

    let pipeline: Pipeline
    /// The batch as the steps left it; samples that failed are nobody's partner.
    let batch: [Result<Augmented, AugmentError>]

    /// The sample with an index, mixed as its key says.
    func drawn(_ index: Int) throws(AugmentError) -> Augmented {
        let start = try batch[index].get()
        var result = start
        let walk = Walk(key: start.record.key, channels: { 0 })
        try walk.run(pipeline.batch, at: Self.prefix) { (visit) throws(AugmentError) in
            let transform = try Self.checked(visit.transform, visit.path)
            let partners = partners(of: index, count: type(of: transform).partnerCount, visit.draws)
            // A sample that is alone in its batch stays what it is.
            guard !partners.isEmpty else { return }
            let values = try transform.draw(visit.draws, in: Scene(result.sample))
            try mix(&result, by: transform, partners, values, visit.draws, visit.path)
            result.record.steps.append(
                DrawnStep(
                    path: visit.path, transform: visit.name, values: values,
                    partners: partners.map(\.record.key)))
        }
        return result
    }

    /// The sample with an index, mixed as a record says.
    func replayed(_ index: Int, _ steps: [DrawnStep]) throws(AugmentError) -> Augmented {
        var result = try batch[index].get()
        let key = result.record.key
        for step in steps {
            guard let found = pipeline.transform(at: step.path), found.typeName == step.transform else {
                throw .transform(path: step.path, "the pipeline has no \(step.transform) there")
            }
            let transform = try Self.checked(found, step.path)
            var partners: [Augmented] = []
            for wanted in step.partners ?? [] { partners.append(try sample(wanted, step.path)) }
            guard partners.count == type(of: transform).partnerCount else {
                throw .transform(
                    path: step.path,
                    "expected \(type(of: transform).partnerCount) partners in the record, found \(partners.count)")
            }
            let draws = key.draws(at: step.path).part(step.transform)
            try transform.check(step.values, draws, in: Scene(result.sample), path: step.path)
            try mix(&result, by: transform, partners, step.values, draws, step.path)
            result.record.steps.append(step)
        }
        return result
    }

    private static func checked(_ transform: any Transform, _ path: String) throws(AugmentError) -> any BatchTransform {
        guard let transform = transform as? any BatchTransform else {
            throw .transform(
                path: path, "\(transform.typeName) changes single samples: it belongs below steps, not below batch")
        }
        return transform
    }

    private func mix(
        _ result: inout Augmented, by transform: any BatchTransform, _ partners: [Augmented], _ values: DrawnValues,
        _ draws: Draws, _ path: String
    ) throws(AugmentError) {
        try Scene(result.sample).check(transform, path: path)
        for partner in partners {
            try result.sample.checkForm(
                of: partner.sample, named: partner.record.key.sample, as: result.record.key.sample, path: path)
        }
        try transform.mix(&result, with: partners, values: values, draws: draws)
    }

    /// Other samples of the batch in the order of a hash of their keys, again from the first where there are too few.
    private func partners(of index: Int, count: Int, _ draws: Draws) -> [Augmented] {
        let ranked = batch.indices.compactMap { i -> (rank: UInt64, sample: Augmented)? in
            guard i != index, case .success(let sample) = batch[i] else { return nil }
            return (draws.rank(of: sample.record.key), sample)
        }.sorted { $0.rank < $1.rank }
        guard !ranked.isEmpty else { return [] }
        return (0..<count).map { ranked[$0 % ranked.count].sample }
    }

    private func sample(_ key: DrawKey, _ path: String) throws(AugmentError) -> Augmented {
        for case .success(let sample) in batch where sample.record.key == key { return sample }
        throw .transform(path: path, "expected sample \(key.sample) of epoch \(key.epoch) in the batch, found none")
    }
}

extension DrawnStep {
    /// Whether the step stands below `batch`.
    var isMixing: Bool { path.hasPrefix(BatchMixer.prefix) }
}

extension Draws {
    /// Where a sample stands among those to choose from.
    fileprivate func rank(of key: DrawKey) -> UInt64 {
        hash.combined(with: "partner").combined(with: key.seed).combined(with: UInt64(bitPattern: Int64(key.epoch)))
            .combined(with: key.sample).combined(with: UInt64(bitPattern: Int64(key.variant))).value
    }
}

extension Sample {
    /// Checks that another sample has images and labels of the same size, type and meaning.
    fileprivate func checkForm(
        of other: Sample, named name: String, as own: String, path: String
    ) throws(AugmentError) {
        for (what, mine, theirs) in [("image", images, other.images), ("label image", labels, other.labels)] {
            let expected = mine.map(\.form)
            let found = theirs.map(\.form)
            guard expected != found else { continue }
            let list = { (forms: [String]) in forms.isEmpty ? "none" : forms.joined(separator: ", ") }
            throw .transform(
                path: path, "\(name): expected \(what)s as in \(own), \(list(expected)), found \(list(found))")
        }
    }
}

extension AnyImage {
    /// Type, shape and meaning in words.
    fileprivate var form: String {
        let axes = zip(layout.axes, layout.sizes).map { "\($0) \($1)" }.joined(separator: ", ")
        return "\(kind.rawValue) \(color.rawValue) (\(axes))"
    }
}
