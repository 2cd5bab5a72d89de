import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What holds for everything that mixes the samples of a batch.
@Suite("Mixed batches")
struct MixedBatches {
    static let steps = [
        "mixup: {alpha: 1}", "cutmix", "mosaic", "copy_paste", "copy_paste: {count: 1, softness: 2}",
        "histogram_match", "fourier_adaptation: {beta: 0.1}",
        "one_of: [mixup, cutmix, mosaic]", "sequence: [cutmix, mixup, copy_paste]",
    ]

    private func pipeline(_ step: String, p: Double = 1) throws -> Pipeline {
        let name = step.contains(":") ? "{\(step)}" : step
        return try Pipeline(
            parsing:
                "{tessera_pipeline: 1, steps: [{flip: {x: 0.5, y: 0.5}}], batch: [{sequence: {p: \(p), steps: [\(name)]}}]}"
        )
    }

    private var batch: [(sample: Sample, key: DrawKey)] {
        (0..<6).map { (MixSamples.sample($0), DrawKey(seed: 3, sample: "s\($0)")) }
    }

    @Test(arguments: steps) func theSameBatchGivesTheSameBytesInAnyOrderOnAnyThreads(step: String) throws {
        let (pipeline, batch) = (try pipeline(step), batch)
        let first = try pipeline.apply(toBatch: batch, workers: 1).map { try $0.get() }
        for workers in [2, 8] {
            let again = try pipeline.apply(toBatch: batch, workers: workers).map { try $0.get() }
            #expect(again.map(\.sample) == first.map(\.sample))
        }
        let order = [4, 0, 5, 2, 1, 3]
        let turned = try pipeline.apply(toBatch: order.map { batch[$0] }, workers: 2).map { try $0.get() }
        for (place, index) in order.enumerated() {
            #expect(turned[place].sample == first[index].sample)
            #expect(turned[place].layers == first[index].layers)
            #expect(turned[place].sources == first[index].sources)
            #expect(turned[place].record == first[index].record)
        }
    }

    @Test(arguments: steps) func recordsReplayToTheSameBytes(step: String) throws {
        let (pipeline, batch) = (try pipeline(step), batch)
        let first = try pipeline.apply(toBatch: batch).map { try $0.get() }
        let again = try pipeline.replay(batch: first.indices.reversed().map { (first[$0].record, batch[$0].sample) })
            .map { try $0.get() }
        for (a, b) in zip(first.reversed(), again) {
            #expect(a.sample == b.sample)
            #expect(a.layers == b.layers)
            #expect(a.sources == b.sources)
            #expect(a.record == b.record)
        }
    }

    @Test(arguments: steps) func weightsAddUpAndLabelsStayLabels(step: String) throws {
        for result in try pipeline(step).apply(toBatch: batch).map({ try $0.get() }) {
            let sums = [result.sources.map(\.weight), result.layers.map(\.weight)].map { $0.reduce(0, +) }
            #expect(sums.allSatisfy { abs($0 - 1) < 1e-12 })
            #expect(result.sources[0].key == result.record.key)
            #expect(Set(result.sources.map(\.key)).count == result.sources.count)
            #expect(result.sample.labels == result.layers[0].labels)
            for layer in result.layers {
                let found = layer.labels[0].converted(to: Int64.self).numbers
                #expect(found.allSatisfy { (0...6).contains($0) })
            }
        }
    }

    @Test(arguments: steps) func otherEpochsMeetOthers(step: String) throws {
        let pipeline = try pipeline(step)
        let partners = (0..<6).map { epoch in
            pipeline.apply(
                toBatch: batch.map { ($0.sample, DrawKey(seed: 3, epoch: epoch, sample: $0.key.sample)) }
            ).compactMap { try? $0.get().record.steps.last?.partners?.first?.sample }
        }
        #expect(Set(partners).count > 3)
    }

    @Test(arguments: steps) func damagedRecordsAreErrors(step: String) throws {
        let (pipeline, batch) = (try pipeline(step), batch)
        let records = try pipeline.apply(toBatch: batch).map { try $0.get().record }
        func replayed(_ change: (inout DrawnStep) -> Void) throws -> Augmented {
            var all = records
            change(&all[0].steps[all[0].steps.count - 1])
            return try pipeline.replay(batch: all.indices.map { (all[$0], batch[$0].sample) })[0].get()
        }
        #expect(throws: AugmentError.self) { try replayed { $0.partners = nil } }
        #expect(throws: AugmentError.self) { try replayed { $0.partners?[0].sample = "nobody" } }
        #expect(throws: AugmentError.self) { try replayed { $0.path = "batch/7" } }
        for (key, list) in records[0].steps.last?.values.numbers ?? [:] {
            #expect(throws: AugmentError.self) { try replayed { $0.values.numbers[key] = nil } }
            #expect(throws: AugmentError.self) { try replayed { $0.values.numbers[key] = list + [0] } }
            for number in [Double.nan, 1e300] {
                #expect(throws: AugmentError.self) {
                    try replayed { $0.values.numbers[key] = list.map { _ in number } }
                }
            }
            // Either an error or a sample.
            for number in [-1, 0.5, 7, 1e9] { _ = try? replayed { $0.values.numbers[key] = list.map { _ in number } } }
        }
    }

    @Test func theProbabilityDecidesAndOneSampleAloneStays() throws {
        let never = try pipeline("cutmix", p: 0)
        let steps = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{flip: {x: 0.5, y: 0.5}}]}")
        let alone = try steps.apply(toBatch: batch).map { try $0.get().sample }
        #expect(try never.apply(toBatch: batch).map { try $0.get().sample } == alone)
        let one = try pipeline("cutmix").apply(toBatch: [batch[2]])[0].get()
        #expect(one.sample == alone[2])
        #expect(one.sources == [MixSource(key: batch[2].key, weight: 1)])
    }

    @Test func aSampleThatFailsIsNobodysPartner() throws {
        var batch = batch
        batch[1].sample.images = []
        let results = try pipeline("mixup").apply(toBatch: batch)
        for (index, result) in results.enumerated() {
            guard index != 1 else {
                #expect(throws: AugmentError.self) { try result.get() }
                continue
            }
            #expect(try result.get().sources.allSatisfy { $0.key.sample != "s1" })
        }
    }

    @Test func samplesThatDoNotFitTogetherAreErrors() throws {
        let other = [
            MixSamples.sample(1, width: 20), Sample(MixSamples.sample(1).images[0]),
            Sample(
                .uint16(MixSamples.sample(1).images[0].converted(to: UInt16.self)),
                labels: MixSamples.sample(1).labels[0]),
            Sample(
                images: MixSamples.sample(1).images + MixSamples.sample(2).images, labels: MixSamples.sample(1).labels),
        ]
        for step in ["mixup", "cutmix", "mosaic", "copy_paste", "histogram_match", "fourier_adaptation"] {
            let pipeline = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [], batch: [\(step)]}")
            for sample in other {
                let results = pipeline.apply(toBatch: [
                    (MixSamples.sample(0), DrawKey(seed: 1, sample: "a")), (sample, DrawKey(seed: 1, sample: "b")),
                ])
                #expect(throws: AugmentError.self, "\(step)") { try results[0].get() }
            }
            // The same key twice, no labels, a single sample, a volume.
            let twice = pipeline.apply(toBatch: [batch[0], batch[0]])
            #expect(throws: AugmentError.self) { try twice[1].get() }
            #expect(throws: AugmentError.self) { try pipeline.apply(to: batch[0].sample, key: batch[0].key) }
        }
        let copy = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [], batch: [copy_paste]}")
        let bare = batch.map { (Sample($0.sample.images[0]), $0.key) }
        #expect(throws: AugmentError.self) { try copy.apply(toBatch: bare)[0].get() }
        let mosaic = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [], batch: [mosaic]}")
        let volumes = batch.map { (ChangedSamples.volumeSample, $0.key) }
        #expect(throws: AugmentError.self) { try mosaic.apply(toBatch: volumes)[0].get() }
    }

    @Test func filesSayWhatBelongsWhere() throws {
        for text in [
            "{tessera_pipeline: 1, steps: [mixup]}", "{tessera_pipeline: 1, steps: [], batch: [flip]}",
            "{tessera_pipeline: 1, steps: [], batch: [{per_channel: [mixup]}]}",
            "{tessera_pipeline: 1, steps: [], batch: [{mixup: {alpha: 0}}]}",
        ] {
            #expect(throws: AugmentError.self) { try Pipeline(parsing: text) }
        }
        let pipeline = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [flip], batch: [{mixup: {p: 0.5}}]}")
        let again = try Pipeline(parsing: pipeline.canonicalText)
        #expect(again == pipeline)
        #expect(again.batch.count == 1)
        #expect(Pipeline([Step(Flip())]).identifier == Pipeline(Flip()).identifier)
        #expect(Pipeline([Step(Flip())], batch: [Step(Mixup())]).identifier != Pipeline(Flip()).identifier)
        #expect(throws: AugmentError.self) {
            try Pipeline(Mixup()).apply(to: batch[0].sample, key: batch[0].key)
        }
    }
}

/// Samples of different constants, each with an object, a box, a point and a polygon of its own.
enum MixSamples {
    static let (width, height) = (32, 24)

    /// Where the object of a sample lies.
    static func object(_ number: Int) -> (x: Range<Int>, y: Range<Int>) {
        (2 + 4 * number..<8 + 4 * number, 3 + 2 * number..<9 + 2 * number)
    }

    static func sample(_ number: Int, width: Int = width) -> Sample {
        var image = Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [height, width, 3], repeating: UInt8(20 * number), color: .rgb)
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [height, width], color: .labels, domain: .labels)
        let object = object(number)
        for y in object.y {
            for x in object.x where x < width {
                labels[y, x] = UInt8(number + 1)
                image[y, x, 1] = UInt8(150 + number)
            }
        }
        return Sample(.uint8(image), labels: .uint8(labels))
    }

    /// With boxes, points and, where asked for, polygons.
    static func described(_ number: Int, polygons: Bool = true) -> Sample {
        var sample = sample(number)
        let object = object(number)
        let lower = SIMD3(Double(object.x.lowerBound), Double(object.y.lowerBound), 0)
        let upper = SIMD3(Double(object.x.upperBound), Double(object.y.upperBound), 1)
        sample.boxes = [BoundingBox(lower: lower, upper: upper, label: number + 1)]
        sample.points = [(lower + upper) / 2]
        if polygons {
            sample.polygons = [
                [
                    SIMD3(lower.x, lower.y, 0), SIMD3(upper.x, lower.y, 0), SIMD3(upper.x, upper.y, 0),
                    SIMD3(lower.x, upper.y, 0),
                ]
            ]
        }
        return sample
    }
}
