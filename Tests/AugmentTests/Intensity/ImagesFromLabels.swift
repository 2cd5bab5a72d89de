import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Images that are made from labels.
@Suite("Images from labels")
struct ImagesFromLabels {
    private func result(_ step: String, _ sample: Sample, seed: UInt64 = 1) throws -> Augmented {
        try transform(step).apply(to: sample, key: DrawKey(seed: seed, sample: "a"))
    }

    @Test func eachLabelHasItsMeanAndDeviation() throws {
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [60, 80], color: .labels, domain: .labels)
        for y in 0..<60 { for x in 0..<80 { labels[y, x] = x < 30 ? 0 : y < 25 ? 4 : 9 } }
        let image = Image<Float>(axes: [.channel, .y, .x], sizes: [2, 60, 80], color: .unspecified, domain: .unit)
        let start = Sample(.float32(image), labels: .uint8(labels))
        for seed in 0..<4 {
            let made = try result("labels_to_image", start, seed: UInt64(seed))
            let values = made.record.steps[0].values
            #expect(values.list("labels") == [0, 4, 9])
            #expect(made.sample.labels == start.labels)
            let pixels = made.sample.images[0].converted(to: Float.self)
            for (i, label) in values.list("labels").enumerated() {
                var numbers: [Double] = []
                for y in 0..<60 {
                    for x in 0..<80 where Double(labels[y, x]) == label {
                        for c in 0..<2 { numbers.append(Double(pixels[c, y, x])) }
                    }
                }
                let mean = numbers.reduce(0, +) / Double(numbers.count)
                let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
                let (wanted, deviation) = (values.list("mean")[i], values.list("deviation")[i])
                let tolerance = 5 * deviation / Double(numbers.count).squareRoot()
                #expect(abs(mean - wanted) < tolerance)
                #expect(abs(variance.squareRoot() / deviation - 1) < 0.1)
            }
        }
    }

    @Test func theBackgroundStaysWhereItIsToStay() throws {
        let start = ChangedSamples.pictureSample
        let made = try result("{labels_to_image: {keep_background: true}}", start)
        #expect(made.record.steps[0].values.list("labels") == [3, 7])
        let (before, after) = (ChangedSamples.picture(), made.sample.images[0].converted(to: UInt8.self))
        let labels = ChangedSamples.labels()
        for y in 0..<26 {
            for x in 0..<37 where labels[y, x] == 0 { #expect(before[y, x, 0] == after[y, x, 0]) }
        }
        #expect(made.sample.images[0] != start.images[0])
        #expect(throws: AugmentError.self) { try result("labels_to_image", Sample(start.images[0])) }
    }

    @Test func aLabelLooksTheSameWhateverOthersThereAre() throws {
        var start = ChangedSamples.pictureSample
        let both = try result("labels_to_image", start).record.steps[0].values
        start.labels = [.uint8(ChangedSamples.labels().map { $0 == 3 ? 3 : 0 })]
        let one = try result("labels_to_image", start).record.steps[0].values
        #expect(both.list("mean")[0] == one.list("mean")[0] && both.list("mean")[1] == one.list("mean")[1])
    }
}
