import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What each way of mixing makes of known samples.
@Suite("Values of mixing")
struct MixValues {
    private func mixed(_ step: String, _ samples: [Sample], seed: UInt64 = 1) throws -> [Augmented] {
        let pipeline = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [], batch: [\(step)]}")
        return try pipeline.apply(
            toBatch: samples.enumerated().map { ($0.element, DrawKey(seed: seed, sample: "\($0.offset)")) }
        ).map { try $0.get() }
    }

    private func picture(_ sample: Sample) -> Image<UInt8> { sample.images[0].converted(to: UInt8.self) }

    @Test(arguments: 0..<6) func mixupIsTheWeightedMeanAndKeepsBothLabels(seed: UInt64) throws {
        let starts = (0..<2).map { MixSamples.described($0) }
        let result = try mixed("{mixup: {alpha: 1}}", starts, seed: seed)[0]
        let weight = try #require(result.record.steps.last?.values["weight"])
        #expect(abs(result.sources[0].weight - weight) < 1e-15)
        #expect(result.layers.map(\.labels) == starts.map(\.labels))
        #expect(result.layers.map(\.weight) == [weight, 1 - weight])
        let (a, b, found) = (picture(starts[0]), picture(starts[1]), picture(result.sample))
        for y in 0..<MixSamples.height {
            for x in 0..<MixSamples.width {
                for c in 0..<3 {
                    let expected = weight * Double(a[y, x, c]) + (1 - weight) * Double(b[y, x, c])
                    let difference = abs(Double(found[y, x, c]) - expected)
                    #expect(difference <= 0.5 + 1e-9)
                }
            }
        }
        #expect(result.sample.boxes == starts[0].boxes + starts[1].boxes)
        #expect(result.sample.polygons.count == 2)
    }

    @Test func theWeightsOfMixupAreThoseOfTheBetaDistribution() {
        // Mean ½, variance 1 / (4 (2 α + 1)).
        for alpha in [0.1, 0.4, 1, 3] {
            let numbers = (0..<4000).map { DrawKey(seed: 9, sample: "\($0)").draws(at: "0").beta(alpha, named: "w") }
            let mean = numbers.reduce(0, +) / 4000
            let variance = numbers.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / 4000
            let expected = 1 / (4 * (2 * alpha + 1))
            #expect(numbers.allSatisfy { $0 >= 0 && $0 <= 1 })
            let tolerance = 4 * (expected / 4000).squareRoot()
            #expect(abs(mean - 0.5) < tolerance)
            #expect(abs(variance / expected - 1) < 0.08, "alpha \(alpha)")
        }
    }

    @Test(arguments: 0..<8) func cutmixTakesABoxWithItsLabels(seed: UInt64) throws {
        let starts = (0..<2).map { MixSamples.described($0) }
        let result = try mixed("cutmix", starts, seed: seed)[0]
        let numbers = try #require(result.record.steps.last?.values.list("box"))
        let box = PixelBox.boxes(numbers)[0]
        let (a, b, found) = (picture(starts[0]), picture(starts[1]), picture(result.sample))
        let labels = result.sample.labels[0].converted(to: UInt8.self)
        let sources = starts.map { $0.labels[0].converted(to: UInt8.self) }
        var count = 0
        for y in 0..<MixSamples.height {
            for x in 0..<MixSamples.width {
                let inside =
                    x >= box.lower.x && x < box.lower.x + box.size.x && y >= box.lower.y && y < box.lower.y + box.size.y
                count += inside ? 1 : 0
                for c in 0..<3 {
                    let expected = inside ? b[y, x, c] : a[y, x, c]
                    #expect(found[y, x, c] == expected)
                }
                let label = sources[inside ? 1 : 0][y, x]
                #expect(labels[y, x] == label)
            }
        }
        let share = Double(count) / Double(MixSamples.width * MixSamples.height)
        let weight = result.sources.last?.weight ?? 0
        #expect(abs(weight - (share > 0 ? share : 1)) < 1e-12)
        // Polygons cover the pixels of the labels: both samples' areas are counted by either.
        let area = result.sample.polygons.reduce(0) { $0 + Self.area($1) }
        let covered = Double(labels.numbers.count { $0 > 0 })
        #expect(abs(area - covered) < 1e-9)
        for box in result.sample.boxes {
            var count = 0
            for y in 0..<MixSamples.height {
                for x in 0..<MixSamples.width where Int(labels[y, x]) == box.label {
                    count += 1
                    let isInX = Double(x) >= box.lower.x && Double(x + 1) <= box.upper.x
                    let isInY = Double(y) >= box.lower.y && Double(y + 1) <= box.upper.y
                    #expect(isInX && isInY)
                }
            }
            #expect(count > 0)
        }
    }

    @Test(arguments: 0..<8) func mosaicShowsPartsOfFour(seed: UInt64) throws {
        let starts = (0..<5).map { MixSamples.described($0) }
        let result = try mixed("mosaic", starts, seed: seed)[0]
        #expect(result.sources.count == 4)
        let (found, labels) = (picture(result.sample), result.sample.labels[0].converted(to: UInt8.self))
        // The red channel tells the sample of a pixel; a label is that of its sample's object, where green says so.
        var counts = [Int](repeating: 0, count: 5)
        for y in 0..<MixSamples.height {
            for x in 0..<MixSamples.width {
                let number = Int(found[y, x, 0]) / 20
                counts[number] += 1
                let label: UInt8 = found[y, x, 1] >= 150 ? UInt8(number + 1) : 0
                #expect(labels[y, x] == label)
            }
        }
        for source in result.sources {
            let expected = Double(counts[Int(source.key.sample) ?? 0]) / Double(MixSamples.width * MixSamples.height)
            #expect(abs(source.weight - expected) < 1e-12)
        }
        let area = result.sample.polygons.reduce(0) { $0 + Self.area($1) }
        let covered = Double(labels.numbers.count { $0 > 0 })
        #expect(abs(area - covered) < 1e-9)
        // Its own pixels are where the geometry says.
        let own = picture(starts[0])
        for y in 0..<MixSamples.height {
            for x in 0..<MixSamples.width where found[y, x, 0] == 0 {
                let place = result.geometry.source(of: SIMD3(Double(x) + 0.5, Double(y) + 0.5, 0.5))
                #expect(found[y, x, 1] == own[Int(place.y), Int(place.x), 1])
            }
        }
    }

    @Test func copyPasteTakesWholeObjects() throws {
        let starts = (0..<2).map { MixSamples.described($0, polygons: false) }
        let result = try mixed("{copy_paste: {count: 1}}", starts)[0]
        let (found, labels) = (picture(result.sample), result.sample.labels[0].converted(to: UInt8.self))
        let (own, other) = (picture(starts[0]), starts[1].labels[0].converted(to: UInt8.self))
        let before = starts[0].labels[0].converted(to: UInt8.self)
        for y in 0..<MixSamples.height {
            for x in 0..<MixSamples.width {
                let isObject = other[y, x] > 0
                let (label, green) = isObject ? (2, 151) : (before[y, x], own[y, x, 1])
                #expect(labels[y, x] == label)
                #expect(found[y, x, 1] == green)
            }
        }
        // Objects 0 and 1 overlap by 2 columns and 4 rows: the box of the first keeps its bounds, the second has its own.
        #expect(result.sample.boxes == starts[0].boxes + starts[1].boxes)
        let share = 36.0 / 768
        #expect(result.sources.map(\.weight) == [1 - share, share])
        #expect(throws: AugmentError.self) {
            try mixed("copy_paste", (0..<2).map { MixSamples.described($0) })
        }
    }

    @Test func histogramMatchTakesTheValuesOfTheOther() throws {
        let starts = [Sample(.uint8(ChangedSamples.picture())), Sample(.uint8(stainedPicture(width: 37, height: 26)))]
        let result = try mixed("{histogram_match: {amount: 1}}", starts)[0]
        let (found, wanted) = (picture(result.sample), picture(starts[1]))
        for c in 0..<3 {
            let ranked = [found, wanted].map { $0.slice(.channel, at: c).numbers.sorted() }
            let means = ranked.map { $0.reduce(0, +) / Double($0.count) }
            #expect(abs(means[0] - means[1]) < 3)
            #expect(ranked[0].last == ranked[1].last)
        }
        #expect(result.sources.count == 1 && result.layers.count == 1)
        #expect(try mixed("{histogram_match: {amount: 0}}", starts)[0].sample == starts[0])
    }

    @Test func fourierAdaptationTakesTheMeanAndKeepsTheShapes() throws {
        let starts = [ChangedSamples.picture(), stainedPicture(width: 37, height: 26)].map {
            Sample(.float32($0.converted()))
        }
        // Frequency 0 alone: the mean of each channel is the other's, all else stays.
        let mean = try mixed("{fourier_adaptation: {beta: 0}}", starts)[0].sample.images[0].converted(to: Float.self)
        let (a, b) = (starts[0].images[0].converted(to: Float.self), starts[1].images[0].converted(to: Float.self))
        for c in 0..<3 {
            let planes = [a, b, mean].map { $0.slice(.channel, at: c).numbers }
            let means = planes.map { $0.reduce(0, +) / Double($0.count) }
            #expect(abs(means[2] - means[1]) < 0.01)
            let shift = means[1] - means[0]
            #expect(zip(planes[0], planes[2]).allSatisfy { abs($0 + shift - $1) < 0.01 })
        }
        // With the same partner nothing changes.
        let twins = try mixed("{fourier_adaptation: {beta: 0.3}}", [starts[0], starts[0]])[0].sample
        let found = twins.images[0].converted(to: Float.self).numbers
        #expect(zip(found, a.numbers).allSatisfy { abs($0 - $1) < 0.01 })
    }

    @Test func whatIsHiddenGoesAndWhatIsSeenStays() {
        let size = SpatialSize(x: 10, y: 8)
        let hidden = PixelBox(lower: SIMD3(3, 0, 0), size: SIMD3(4, 8, 1))
        let paste = Paste(size: size, flags: PixelBox.flags([hidden], in: size))
        func box(_ x: Double, _ width: Double) -> BoundingBox {
            BoundingBox(lower: SIMD3(x, 2, 0), upper: SIMD3(x + width, 5, 1))
        }
        #expect(paste.visible(box(3, 4), isVolume: false) == nil)
        #expect(paste.visible(box(1.5, 4), isVolume: false) == box(1.5, 1.5))
        #expect(paste.visible(box(5, 4.5), isVolume: false) == box(7, 2.5))
        #expect(paste.visible(box(1, 8), isVolume: false) == box(1, 8))
        #expect(paste.visible(box(7, 2), isVolume: false) == box(7, 2))
        #expect(paste.contains(SIMD3(3, 1, 0), isVolume: false))
        #expect(!paste.contains(SIMD3(7, 1, 0), isVolume: false))
        #expect(!paste.contains(SIMD3(.nan, 1, 0), isVolume: false))
    }

    @Test func volumesAreCutInSpace() throws {
        let starts = (0..<2).map { number in
            Sample(
                .float32(Image<Float>(axes: [.z, .y, .x], sizes: [8, 9, 10], repeating: Float(number), color: .gray)))
        }
        for seed in 0..<4 {
            let result = try mixed("cutmix", starts, seed: UInt64(seed))[0]
            let sum = result.sample.images[0].converted(to: Float.self).numbers.reduce(0, +)
            let weight = result.sources.count > 1 ? result.sources[1].weight : 0
            #expect(abs(sum / 720 - weight) < 1e-12)
        }
        // Polygons of slices are not cut, whichever sample has them.
        for number in 0..<2 {
            var described = starts
            described[number].polygons = [[SIMD3(1, 1, 1), SIMD3(4, 1, 1), SIMD3(4, 4, 1)]]
            #expect(throws: AugmentError.self) { try mixed("cutmix", described) }
        }
    }

    /// The area of a ring (Gauss's formula).
    private static func area(_ ring: [SIMD3<Double>]) -> Double {
        let sum = ring.indices.reduce(0.0) { sum, i in
            let (a, b) = (ring[i], ring[(i + 1) % ring.count])
            return sum + a.x * b.y - b.x * a.y
        }
        return abs(sum) / 2
    }
}
