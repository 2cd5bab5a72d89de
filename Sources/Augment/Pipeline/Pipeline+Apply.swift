import ImageCore
public import ImageProcessing

/// A sample after a pipeline, and what was drawn for it.
public struct Augmented: Sendable {
    /// The sample.
    public var sample: Sample
    /// What was drawn.
    public var record: Record
    /// Where the pixels of the result come from.
    public var geometry: SpatialMap
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
    ///   it.
    public func apply(to sample: Sample, key: DrawKey, workers: Int = 1) throws(AugmentError) -> Augmented {
        var engine = try Engine(sample, for: self, workers: workers)
        var record = Record(key: key, pipeline: identifier)
        let walk = Walk(key: key, channels: { engine.scene.channels })
        try walk.run(steps) { (visit) throws(AugmentError) in
            let values = try visit.transform.draw(visit.draws, in: engine.scene)
            record.steps.append(
                DrawnStep(
                    path: visit.path, transform: visit.transform.typeName, channel: visit.channel, values: values))
            try engine.add(visit.transform, values, visit.draws, channel: visit.channel, path: visit.path)
        }
        let (result, geometry) = try engine.finish()
        return Augmented(sample: result, record: record, geometry: geometry)
    }

    /// Applies what was drawn before: the same sample gives the same bytes.
    ///
    /// - Throws: ``AugmentError`` where the record is of another pipeline, and what ``apply(to:key:workers:)`` throws.
    public func replay(_ record: Record, on sample: Sample, workers: Int = 1) throws(AugmentError) -> Augmented {
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
            try engine.add(transform, step.values, draws, channel: step.channel, path: step.path)
        }
        let (result, geometry) = try engine.finish()
        return Augmented(sample: result, record: record, geometry: geometry)
    }

    /// Applies the pipeline to many samples, on several threads.
    ///
    /// - Parameters:
    ///   - samples: The samples with their keys.
    ///   - workers: Largest number of threads; one sample is worked on by one thread.
    /// - Returns: The result for each sample, in order; the bytes do not depend on the number of threads nor on the batch.
    public func apply(
        toBatch samples: [(sample: Sample, key: DrawKey)], workers: Int = processorCount
    ) -> [Result<Augmented, AugmentError>] {
        parallelMap(count: samples.count, workers: workers) { index in
            do throws(AugmentError) {
                return .success(try apply(to: samples[index].sample, key: samples[index].key))
            } catch {
                return .failure(error)
            }
        }
    }
}
