import ImageCore
public import ImageProcessing

/// A sample after a pipeline, and what was drawn for it.
public struct Augmented: Sendable {
    /// The sample; its labels are those of the first layer.
    public var sample: Sample
    /// What was drawn.
    public var record: Record
    /// Where the pixels of the result come from; of a mixed sample, those that are its own.
    public var geometry: SpatialMap
    /// The samples that the result is made of, first its own; one of weight 1 unless samples of a batch were mixed.
    public var sources: [MixSource]
    /// Labels with their weights: one layer unless pixels are means of several samples.
    public var layers: [LabelLayer]

    init(sample: Sample, record: Record, geometry: SpatialMap) {
        self.sample = sample
        self.record = record
        self.geometry = geometry
        sources = [MixSource(key: record.key, weight: 1)]
        layers = [LabelLayer(weight: 1, labels: sample.labels)]
    }
}

extension Pipeline {
    /// Draws for a sample and applies what was drawn.
    ///
    /// - Parameters:
    ///   - sample: Images, labels and what goes with them.
    ///   - key: What the draw is for.
    ///   - workers: Largest number of threads; the bytes do not depend on it.
    /// - Returns: The new sample, the record, and the geometry that maps one to the other.
    /// - Throws: ``AugmentError`` before any work starts where the sample does not fit together or a transform cannot work on
    ///   it, and for a pipeline that mixes samples of a batch.
    public func apply(to sample: Sample, key: DrawKey, workers: Int = 1) throws(AugmentError) -> Augmented {
        guard batch.isEmpty else {
            throw .sample("the pipeline mixes samples: expected a batch, found a single sample")
        }
        return try changed(sample, key, workers)
    }

    /// Does what the steps say, without mixing.
    private func changed(_ sample: Sample, _ key: DrawKey, _ workers: Int) throws(AugmentError) -> Augmented {
        var engine = try Engine(sample, for: self, workers: workers)
        var record = Record(key: key, pipeline: identifier)
        let walk = Walk(key: key, channels: { engine.scene.channels })
        try walk.run(steps) { (visit) throws(AugmentError) in
            let values = try visit.transform.draw(visit.draws, in: engine.scene(of: visit.channel))
            record.steps.append(
                DrawnStep(
                    path: visit.path, transform: visit.name, channel: visit.channel, values: values))
            try engine.add(visit.transform, values, visit.draws, channel: visit.channel, path: visit.path)
        }
        let (result, geometry) = try engine.finish()
        return Augmented(sample: result, record: record, geometry: geometry)
    }

    /// Applies what was drawn before: the same sample gives the same bytes.
    ///
    /// - Throws: ``AugmentError`` where the record is of another pipeline, mixes samples, or has other numbers than such a sample
    ///   draws or numbers out of range, and what ``apply(to:key:workers:)`` throws.
    public func replay(_ record: Record, on sample: Sample, workers: Int = 1) throws(AugmentError) -> Augmented {
        guard !record.steps.contains(where: \.isMixing) else {
            throw .sample("the record mixes samples: expected a batch, found a single sample")
        }
        return try replayed(record, on: sample, workers)
    }

    private func replayed(_ record: Record, on sample: Sample, _ workers: Int) throws(AugmentError) -> Augmented {
        guard record.pipeline == identifier else {
            throw .sample("the record is of pipeline \(record.pipeline), this is pipeline \(identifier)")
        }
        var engine = try Engine(sample, for: self, workers: workers)
        for step in record.steps {
            guard let transform = transform(at: step.path), transform.typeName == step.transform else {
                throw .transform(path: step.path, "the pipeline has no \(step.transform) there")
            }
            let place = step.channel.map { "\(step.path)@\($0)" } ?? step.path
            let draws = record.key.draws(at: place).part(step.transform)
            try transform.check(step.values, draws, in: engine.scene(of: step.channel), path: step.path)
            try engine.add(transform, step.values, draws, channel: step.channel, path: step.path)
        }
        let (result, geometry) = try engine.finish()
        return Augmented(sample: result, record: record, geometry: geometry)
    }

    /// Applies the pipeline to many samples, on several threads, and mixes them where it has ``batch`` steps.
    ///
    /// - Parameters:
    ///   - samples: The samples with their keys. Where they are mixed, all have images and labels of the same form and different
    ///     keys; which ones meet depends on the keys in the batch, not on their order. A sample alone in its batch is not mixed.
    ///   - workers: Largest number of threads; one sample is worked on by one thread.
    /// - Returns: The result for each sample, in order; the bytes do not depend on the number of threads nor, unless samples are
    ///   mixed, on the batch.
    public func apply(
        toBatch samples: [(sample: Sample, key: DrawKey)], workers: Int = processorCount
    ) -> [Result<Augmented, AugmentError>] {
        let changed = attempt(samples.count, workers) { (index) throws(AugmentError) in
            try self.changed(samples[index].sample, samples[index].key, 1)
        }
        guard !batch.isEmpty else { return changed }
        if let twice = Self.repeated(samples.map(\.key)) { return samples.map { _ in .failure(twice) } }
        let mixer = BatchMixer(pipeline: self, batch: changed)
        return attempt(samples.count, workers) { (index) throws(AugmentError) in try mixer.drawn(index) }
    }

    /// Applies what was drawn before for the samples of a batch: the same samples give the same bytes.
    ///
    /// - Parameters:
    ///   - records: The records and their samples; those that were mixed in are among them.
    ///   - workers: Largest number of threads.
    /// - Returns: The result for each sample, in order.
    public func replay(
        batch records: [(record: Record, sample: Sample)], workers: Int = processorCount
    ) -> [Result<Augmented, AugmentError>] {
        let changed = attempt(records.count, workers) { (index) throws(AugmentError) in
            var record = records[index].record
            record.steps.removeAll(where: \.isMixing)
            return try self.replayed(record, on: records[index].sample, 1)
        }
        if let twice = Self.repeated(records.map(\.record.key)) { return records.map { _ in .failure(twice) } }
        let mixer = BatchMixer(pipeline: self, batch: changed)
        return attempt(records.count, workers) { (index) throws(AugmentError) in
            try mixer.replayed(index, records[index].record.steps.filter(\.isMixing))
        }
    }

    private func attempt(
        _ count: Int, _ workers: Int, _ body: @Sendable (Int) throws(AugmentError) -> Augmented
    ) -> [Result<Augmented, AugmentError>] {
        parallelMap(count: count, workers: workers) { index in
            do throws(AugmentError) {
                return .success(try body(index))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The error for a key that two samples of a batch have: no record could tell them apart.
    private static func repeated(_ keys: [DrawKey]) -> AugmentError? {
        var seen = Set<DrawKey>()
        return keys.first { !seen.insert($0).inserted }.map {
            .sample("sample \($0.sample): expected once in the batch, found twice")
        }
    }
}
