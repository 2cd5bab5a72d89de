import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What holds for every transform, on everything that it works on.
@Suite("Every transform")
struct EveryTransform {
    private func key(_ number: Int) -> DrawKey { DrawKey(seed: 5, sample: "s\(number)") }

    @Test func isAskedHere() {
        let (single, mixing) = (TransformSetting.all.map(\.name), MixedBatches.steps.joined(separator: " "))
        let types = TransformTable.builtIn.types
        #expect(Set(single) == Set(types.filter { !($0 is any BatchTransform.Type) }.map { $0.name }))
        for type in types where type is any BatchTransform.Type { #expect(mixing.contains(type.name)) }
    }

    @Test(arguments: TransformCase.all)
    func theSameKeyGivesTheSameBytesWhateverThreadsBatchAndOrder(test: TransformCase) throws {
        let (pipeline, start) = (try test.setting.pipeline(test.input), test.input.sample)
        let alone = try (0..<3).map { try pipeline.apply(to: start, key: key($0), workers: 1).sample }
        for workers in [2, 8] {
            #expect(try pipeline.apply(to: start, key: key(1), workers: workers).sample == alone[1])
        }
        for (order, workers) in [([0, 1, 2], 2), ([2, 0], 1), ([1], 8), ([2, 1, 0], 8)] {
            let batch = pipeline.apply(toBatch: order.map { (start, key($0)) }, workers: workers)
            #expect(try batch.map { try $0.get().sample } == order.map { alone[$0] })
        }
        #expect(try Pipeline(parsing: pipeline.canonicalText) == pipeline)
    }

    @Test(arguments: TransformCase.all)
    func replayOfAWrittenRecordGivesTheSameBytes(test: TransformCase) throws {
        let (pipeline, start) = (try test.setting.pipeline(test.input), test.input.sample)
        let first = try pipeline.apply(to: start, key: key(4))
        let text = try JSONEncoder().encode(first.record)
        let again = try pipeline.replay(try JSONDecoder().decode(Record.self, from: text), on: start)
        #expect(again.sample == first.sample)
        #expect(again.geometry == first.geometry)
    }

    /// Samples, epochs and variants give other pixels where something is drawn, and the same where nothing is.
    @Test(arguments: TransformCase.all)
    func otherSamplesEpochsAndVariantsDiffer(test: TransformCase) throws {
        let (pipeline, start) = (try test.setting.pipeline(test.input), test.input.sample)
        let first = key(0)
        let others = [
            (1..<5).map { key($0) }, (1..<5).map { DrawKey(seed: 5, epoch: $0, sample: "s0") },
            (1..<5).map { DrawKey(seed: 5, sample: "s0", variant: $0) },
        ]
        var all: [Sample] = []
        for keys in others {
            let results = try ([first] + keys).map { try pipeline.apply(to: start, key: $0).sample }
            if test.setting.variety == .many { #expect(distinct(results) == results.count) }
            all += results
        }
        switch test.setting.variety {
        case .one:
            #expect(all.allSatisfy { $0 == all[0] })
            #expect(all[0] != start)
        // Two of a few may agree; thirteen do not.
        case .few, .many: #expect(distinct(all) > 1)
        }
    }

    private func distinct(_ results: [Sample]) -> Int {
        results.indices.count { i in !results[..<i].contains { $0.images == results[i].images } }
    }

    @Test(arguments: TransformCase.all)
    func labelsAreThoseThatWereThereAndTheFill(test: TransformCase) throws {
        let (pipeline, start) = (try test.setting.pipeline(test.input), test.input.sample)
        for number in 0..<3 {
            let result = try pipeline.apply(to: start, key: key(number)).sample
            let found = Set(result.labels[0].doubles)
            #expect(found.isSubset(of: test.setting.newLabels.union([0, 3, 7])))
            #expect(result.labels[0].spatialSize == result.images[0].spatialSize)
            #expect(result.labels[0].kind == .uint8)
            #expect(result.images[0].doubles.allSatisfy { $0.isFinite })
            if !Self.changingLabels.contains(test.setting.name) { #expect(result.labels == start.labels) }
        }
    }

    /// Transforms that move labels, or that change them.
    private static let changingLabels = Set(
        TransformSetting.moving.map(\.name) + [
            "coarse_dropout", "pixel_dropout", "mask_dropout", "divide_labels", "one_hot", "remap_labels",
            "keep_largest",
        ])

    /// These change any image, or any but one that they made themselves.
    private static let withoutIdentity: Set<String> = [
        "transpose", "d4", "cube48", "square_crop", "equalize", "clahe", "invert", "labels_to_image",
        "channel_shuffle", "grayscale", "rand_stain_na", "stain_normalize", "poisson_noise", "jpeg", "webp",
        "set_domain",
        "window", "rescale", "z_score", "histogram_standardize", "normalize", "min_max", "to_float", "one_hot",
        "keep_largest",
    ]

    @Test func hasParametersThatChangeNothingOrIsNamed() {
        let with = TransformSetting.all.filter { !$0.identities.isEmpty }.map(\.name)
        #expect(Set(TransformSetting.all.map(\.name)).subtracting(with) == Self.withoutIdentity)
    }

    @Test(arguments: TransformCase.all.filter { !$0.identities.isEmpty })
    func parametersThatChangeNothingGiveTheSameBytes(test: TransformCase) throws {
        let start = test.input.sample
        for parameters in test.identities {
            let pipeline = try TransformSetting.pipeline(test.setting.name, parameters, test.input)
            for number in 0..<3 {
                let result = try pipeline.apply(to: start, key: key(number))
                #expect(result.sample == start, "\(parameters)")
                #expect(result.geometry.stages.isEmpty, "\(parameters)")
            }
        }
    }

    /// The one channel of a gray image has nothing to change places with: it stays.
    private static let ofSeveralChannels = ["channel_shuffle", "channel_drop", "channel_misalignment"]

    /// Inputs beyond those of the table are refused, and the declaration, from which lists are made, says the same.
    @Test(arguments: Set(TransformSetting.all.map(\.name)).sorted()) func otherInputsAreRefused(name: String) throws {
        let settings = TransformSetting.all.filter { $0.name == name }
        let inputs = settings.flatMap(\.inputs)
        let description = try #require(TransformTable.builtIn[name]).description
        let takesOneChannel = Self.ofSeveralChannels.contains(name)
        #expect(description.pictures == inputs.contains(.rgb))
        #expect(description.volumes == inputs.contains(.volume) || takesOneChannel)
        let needsColor = inputs.contains(.rgb) && !inputs.contains(.gray) && !takesOneChannel
        #expect(description.needsRGB == needsColor)
        for input in TransformSetting.Input.allCases where !inputs.contains(input) {
            let (pipeline, start) = (try settings[0].pipeline(input), input.sample)
            if takesOneChannel {
                #expect(try pipeline.apply(to: start, key: key(0)).sample == start)
            } else {
                #expect(throws: AugmentError.self) { try pipeline.apply(to: start, key: key(0)) }
            }
        }
    }
}
