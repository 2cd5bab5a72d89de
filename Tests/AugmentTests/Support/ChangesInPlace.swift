import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What holds for every transform of blur, noise, MRI, dropout and codec.
@Suite("Transforms that leave pixels in place")
struct ChangesInPlace {
    /// Steps that change something, for pictures.
    static let changing = [
        "gaussian_blur: {sigma: 1.2}", "box_blur: {size: 3}", "motion_blur", "median_blur", "defocus: {radius: 1.5}",
        "sharpen: {amount: 2}", "gaussian_noise: {deviation: 0.05}", "rician_noise: {deviation: 0.05}", "poisson_noise",
        "laplace_noise: {deviation: 0.05}", "speckle: {deviation: 0.1}", "salt_and_pepper: {amount: 0.1}",
        "salt: {amount: 0.1}", "pepper: {amount: 0.1}", "iso_noise: {brightness: 0.05, color: 0.05}", "bias_field",
        "motion",
        "ghosting: {restore: 0}", "spike", "gibbs", "coarse_dropout: {count: 3, label_fill: 9}", "grid_dropout",
        "pixel_dropout: {amount: 0.1, label_fill: 9}", "random_erase", "coarse_shuffle", "patch_swap", "mask_dropout",
        "jpeg: {quality: {uniform: [10, 60]}}",
    ]

    /// Steps whose numbers say that nothing happens.
    static let identities = [
        "gaussian_blur: {sigma: 0}", "box_blur: {size: 1}", "motion_blur: {length: 0}", "median_blur: {size: 1}",
        "defocus: {radius: 0}", "sharpen: {amount: 0}", "gaussian_noise: {deviation: 0}",
        "rician_noise: {deviation: 0}",
        "laplace_noise: {deviation: 0}", "speckle: {deviation: 0}", "salt_and_pepper: {amount: 0}", "salt: {amount: 0}",
        "pepper: {amount: 0}", "iso_noise: {brightness: 0, color: 0}", "bias_field: {coefficient: 0}",
        "motion: {events: 0}", "motion: {rotate: 0, translate_millimetres: 0}", "ghosting: {intensity: 0}",
        "ghosting: {count: 0}", "spike: {count: 0}", "spike: {intensity: 0}", "gibbs: {alpha: 0}",
        "coarse_dropout: {count: 0}", "coarse_dropout: {size: 0}", "grid_dropout: {ratio: 0}",
        "pixel_dropout: {amount: 0}",
        "random_erase: {area: 0}", "coarse_shuffle: {count: 0}", "patch_swap: {count: 0}", "mask_dropout: {count: 0}",
    ]

    private static let picturesOnly = ["iso_noise", "random_erase", "mask_dropout", "jpeg"]

    private func pipeline(_ step: String) throws -> Pipeline {
        try Pipeline(parsing: "{tessera_pipeline: 1, steps: [\(step.contains(":") ? "{\(step)}" : step)]}")
    }

    private func isForVolumes(_ step: String) -> Bool { !Self.picturesOnly.contains { step.hasPrefix($0) } }

    @Test(arguments: identities) func numbersThatChangeNothingGiveTheSameBytes(step: String) throws {
        let pipeline = try pipeline(step)
        let picture = ChangedSamples.pictureSample
        #expect(try pipeline.apply(to: picture, key: DrawKey(seed: 1, sample: "a")).sample == picture)
        guard isForVolumes(step) else { return }
        let volume = ChangedSamples.volumeSample
        #expect(try pipeline.apply(to: volume, key: DrawKey(seed: 1, sample: "a")).sample == volume)
    }

    @Test(arguments: changing) func theSameKeyGivesTheSameBytes(step: String) throws {
        let pipeline = try pipeline(step)
        var starts = [ChangedSamples.pictureSample]
        if isForVolumes(step) { starts.append(ChangedSamples.volumeSample) }
        for start in starts {
            let keys = (0..<3).map { DrawKey(seed: 5, sample: "s\($0)") }
            let alone = try keys.map { try pipeline.apply(to: start, key: $0) }
            for workers in [1, 2, 8] {
                let batch = pipeline.apply(toBatch: keys.map { (start, $0) }, workers: workers)
                #expect(try batch.map { try $0.get().sample } == alone.map(\.sample))
                #expect(try pipeline.apply(to: start, key: keys[1], workers: workers).sample == alone[1].sample)
            }
            #expect(try pipeline.replay(alone[2].record, on: start).sample == alone[2].sample)
            #expect(alone[0].sample.images != start.images)
            #expect(alone[0].geometry.stages.isEmpty)
            #expect(alone[0].sample.images[0].kind == start.images[0].kind)
            #expect(alone[0].sample.images[0].geometry == start.images[0].geometry)
        }
    }

    @Test(arguments: changing) func otherSamplesAndEpochsDiffer(step: String) throws {
        // These draw nothing with the numbers given.
        let fixed = ["gaussian_blur", "box_blur", "median_blur", "defocus", "sharpen"]
        guard !fixed.contains(where: { step.hasPrefix($0) }) else { return }
        let pipeline = try pipeline(step)
        let keys =
            (0..<4).map { DrawKey(seed: 5, sample: "s\($0)") }
            + (1..<5).map { DrawKey(seed: 5, epoch: $0, sample: "s0") }
        let results = try keys.map { try pipeline.apply(to: ChangedSamples.pictureSample, key: $0).sample }
        // Two objects and the qualities of a codec leave few results.
        let few = step.hasPrefix("mask_dropout") || step.hasPrefix("jpeg")
        for samples in few ? [results] : [Array(results[..<4]), [results[0]] + results[4...]] {
            let different = samples.indices.filter { i in !samples[..<i].contains(samples[i]) }
            #expect(few ? different.count > 1 : different.count == samples.count)
        }
    }

    @Test(arguments: changing) func labelsChangeOnlyWhereTheyAreSaidTo(step: String) throws {
        let start = ChangedSamples.pictureSample
        let result = try pipeline(step).apply(to: start, key: DrawKey(seed: 2, sample: "a")).sample
        if step.contains("label_fill") || step == "mask_dropout" {
            let found = Set(result.labels[0].converted(to: Int64.self).numbers)
            #expect(found.isSubset(of: [0, 3, 7, 9]))
            #expect(result.labels != start.labels)
        } else {
            #expect(result.labels == start.labels)
        }
    }

    @Test func signedNumbersKeepTheirSign() throws {
        let image = ChangedSamples.hounsfield()
        let steps = [
            "gaussian_blur: {sigma: 0.3}", "median_blur", "sharpen: {amount: 0.2}", "gaussian_noise: {deviation: 20}",
            "laplace_noise: {deviation: 5}", "rician_noise: {deviation: 20}", "poisson_noise: {photons: 1}",
            "speckle: {deviation: 0.1}", "bias_field", "coarse_dropout", "grid_dropout: {step_pixels: 3}",
        ]
        for step in steps {
            let result = try pipeline(step).apply(to: Sample(.int16(image)), key: DrawKey(seed: 3, sample: "a")).sample
            guard case .int16(let values) = result.images[0] else {
                Issue.record("another type")
                return
            }
            #expect(values.domain == .hounsfield)
            // Filled with air, and otherwise on the side where they were.
            for y in 0..<16 {
                #expect((0..<3).allSatisfy { values[y, $0] < -300 })
                #expect((4..<7).allSatisfy { values[y, $0] < 0 })
                #expect((13..<16).allSatisfy { values[y, $0] > 0 || values[y, $0] == -1000 })
            }
        }
    }

    @Test func bytesSaturateAndNeverWrap() throws {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [32, 32], color: .gray)
        for y in 0..<32 { for x in 0..<32 { image[y, x] = x < 16 ? 4 : 251 } }
        for step in ["gaussian_noise: {deviation: 0.1}", "laplace_noise: {deviation: 0.1}", "sharpen: {amount: 5}"] {
            let result = try pipeline(step).apply(to: Sample(.uint8(image)), key: DrawKey(seed: 1, sample: "a")).sample
            let values = result.images[0].converted(to: Float.self)
            #expect((0..<32).allSatisfy { y in (0..<15).allSatisfy { values[y, $0] < 200 } })
            #expect((0..<32).allSatisfy { y in (17..<32).allSatisfy { values[y, $0] > 60 } })
        }
    }

    @Test func channelsDrawOnTheirOwn() throws {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [20, 20, 3], repeating: 100, color: .rgb)
        image[3, 3, 0] = 101
        let text = """
            {tessera_pipeline: 1, steps: [{per_channel: [{gaussian_noise: {deviation: 0.1}}, {gibbs: {alpha: 0.5}}, {pixel_dropout: {amount: 0.1}}]}]}
            """
        let result = try Pipeline(parsing: text).apply(to: Sample(.uint8(image)), key: DrawKey(seed: 1, sample: "a"))
        let values = result.sample.images[0].converted(to: Float.self)
        let equal = (0..<400).count { values[$0 / 20, $0 % 20, 0] == values[$0 / 20, $0 % 20, 1] }
        #expect(equal < 100)
    }

    @Test(arguments: changing) func recordsOfAnyNumbersDoNotEndTheProgram(step: String) throws {
        let pipeline = try pipeline(step)
        let start = ChangedSamples.pictureSample
        let record = try pipeline.apply(to: start, key: DrawKey(seed: 1, sample: "a")).record
        for number in [-1e300, -7, 0, 1e300, .nan] {
            var strange = record
            strange.steps[0].values.numbers = strange.steps[0].values.numbers.mapValues { $0.map { _ in number } }
            // Either an error or a sample.
            _ = try? pipeline.replay(strange, on: start)
        }
        var empty = record
        empty.steps[0].values = DrawnValues()
        _ = try? pipeline.replay(empty, on: start)
    }

    @Test func everyTransformIsInTheTableWithItsSummary() {
        let names = Set(Self.changing.map { String($0.prefix { $0 != ":" }) })
        #expect(names.count == 28)
        for name in names {
            #expect(throws: Never.self) { try pipeline(name) }
        }
    }
}
