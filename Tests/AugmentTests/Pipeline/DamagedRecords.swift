import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Records come from files: whatever they hold, a replay gives an error or a sample, and never ends the program.
@Suite("Damaged records")
struct DamagedRecords {
    /// Every transform that changes single samples.
    static let names = TransformTable.builtIn.types.filter { !($0 is any BatchTransform.Type) }.map { $0.name }

    /// Steps whose defaults do nothing, or nothing on small samples.
    private static let parameters = [
        "affine": "{rotate: {uniform: [-20, 20]}, scale: {uniform: [0.9, 1.1]}}", "center_crop": "{size: [8]}",
        "rotate_about": "{angle: {uniform: [5, 20]}}", "random_crop": "{size: [8]}", "crop_or_pad": "{size: [8]}",
        "resized_crop": "{size: [8]}", "crop_nonempty": "{size: [8]}", "crop_by_label": "{size: [8]}",
        "crop_by_class": "{size: [8]}", "weighted_crop": "{size: [8]}", "resize": "{size: [8]}",
        "coarse_dropout": "{count: 3}", "normalize": "{mean: [0.5], deviation: [0.2]}",
    ]

    static func pipeline(_ name: String) throws -> Pipeline {
        try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{\(name): \(parameters[name] ?? "{}")}]}")
    }

    /// A picture in color and a volume of known place, both with labels.
    static var samples: [Sample] {
        var volume = ChangedSamples.volume()
        volume.geometry = Geometry(spacingMillimetres: SIMD3(0.5, 1, 2), direction: .identity)
        var labels = Image<UInt8>(
            axes: volume.axes, sizes: volume.sizes, color: .labels, domain: .labels)
        for z in 2..<6 { for y in 2..<7 { for x in 3..<9 { labels[z, y, x] = 3 } } }
        return [ChangedSamples.pictureSample, Sample(.float32(volume), labels: .uint8(labels))]
    }

    private func records(_ name: String) throws -> [(pipeline: Pipeline, sample: Sample, record: Record)] {
        let pipeline = try Self.pipeline(name)
        return Self.samples.flatMap { sample in
            (0..<2).compactMap { seed in
                let key = DrawKey(seed: UInt64(seed), sample: "a")
                return (try? pipeline.apply(to: sample, key: key)).map { (pipeline, sample, $0.record) }
            }
        }
    }

    @Test(arguments: names) func whatWasDrawnIsAccepted(name: String) throws {
        let all = try records(name)
        #expect(!all.isEmpty, "no sample for \(name)")
        for (pipeline, sample, record) in all {
            #expect(try pipeline.replay(record, on: sample).record == record)
        }
    }

    @Test(arguments: names) func otherNamesCountsAndRangesAreErrors(name: String) throws {
        for (pipeline, sample, record) in try records(name) {
            var damaged: [DrawnValues] = []
            let values = record.steps[0].values
            func damage(_ change: (inout [String: [Double]]) -> Void) {
                var copy = values
                change(&copy.numbers)
                damaged.append(copy)
            }
            damage { $0["other"] = [1] }
            for (key, list) in values.numbers {
                damage { $0[key] = nil }
                damage { $0[key] = list + [0] }
                guard !list.isEmpty else { continue }
                damage { $0[key] = list.dropLast() }
                for number in [Double.nan, .infinity, -.infinity, 1e300, -1e300] {
                    damage { $0[key] = list.dropLast() + [number] }
                }
            }
            for values in damaged {
                var other = record
                other.steps[0].values = values
                #expect(throws: AugmentError.self, "\(values)") { try pipeline.replay(other, on: sample) }
            }
        }
    }

    @Test(arguments: names) func numbersThatNobodyDrawsDoNotEndTheProgram(name: String) throws {
        for (pipeline, sample, record) in try records(name) {
            for (key, list) in record.steps[0].values.numbers where !list.isEmpty {
                for number in [-1, 0, 0.5, 1e9] {
                    var other = record
                    other.steps[0].values.numbers[key] = list.map { _ in number }
                    // Either an error or a sample.
                    _ = try? pipeline.replay(other, on: sample)
                }
            }
        }
    }

    @Test(arguments: names) func recordsAskForNoSizeThatNothingDraws(name: String) throws {
        for (pipeline, sample, record) in try records(name) {
            let transform = try #require(pipeline.transform(at: "0"))
            let (draws, scene) = (record.key.draws(at: "0").part(name), Scene(sample))
            for (key, list) in record.steps[0].values.numbers where !list.isEmpty {
                for number in [60_000, 99_999, 1e6] {
                    var values = record.steps[0].values
                    values.numbers[key] = list.map { _ in number }
                    guard (try? transform.check(values, draws, in: scene, path: "0")) != nil,
                        let operations = try? transform.operations(values, draws: draws, in: scene)
                    else { continue }
                    for case .geometry(let map, _) in operations {
                        let size = map.outputSize
                        let count = Double(size.x) * Double(size.y) * Double(size.z)
                        #expect(count <= 0x1p31, "\(key): \(number)")
                    }
                }
            }
        }
    }

    @Test(arguments: [("resized_crop", "output"), ("resize", "size")])
    func sizesOfRecordsHaveTheLimitsOfParameters(name: String, key: String) throws {
        for (pipeline, sample, record) in try records(name) {
            let transform = try #require(pipeline.transform(at: "0"))
            func refusal(_ number: Double) -> String? {
                var values = record.steps[0].values
                values.numbers[key] = values.list(key).map { _ in number }
                let draws = record.key.draws(at: "0").part(name)
                do throws(AugmentError) {
                    _ = try transform.operations(values, draws: draws, in: Scene(sample))
                } catch {
                    return "\(error)"
                }
                return nil
            }
            let sizes = record.steps[0].values.list(key).map { _ in "99999" }.joined(separator: " x ")
            #expect(
                refusal(99_999) == "\(name): size: expected at most 2147483648 pixels, found \(sizes)")
            #expect(refusal(100_001) == "\(name): \(key): expected numbers from 1 to 100000, found 100001.0")
            #expect(refusal(9) == nil)
        }
    }

    @Test func aCropOfOneSampleServesAnotherWithoutLabels() throws {
        let pipeline = try Self.pipeline("crop_nonempty")
        let record = try pipeline.apply(to: ChangedSamples.pictureSample, key: DrawKey(seed: 1, sample: "a")).record
        let alone = Sample(.uint8(ChangedSamples.picture()))
        #expect(try pipeline.replay(record, on: alone).sample.images[0].layout.sizes == [8, 8, 3])
    }

    @Test func channelsOnTheirOwnAreImagesOfOneChannel() throws {
        let start = ChangedSamples.pictureSample
        // Nothing to exchange, and the only channel stays.
        for step in ["channel_shuffle", "{channel_drop: {count: 2}}"] {
            let pipeline = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{per_channel: [\(step)]}]}")
            #expect(try pipeline.apply(to: start, key: DrawKey(seed: 1, sample: "a")).sample == start)
        }
        let lists = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{per_channel: [normalize]}]}")
        #expect(throws: AugmentError.self) { try lists.apply(to: start, key: DrawKey(seed: 1, sample: "a")) }
    }
}
