import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Engine")
struct EngineProperties {
    /// A picture whose pixels all differ.
    private func picture(width: Int = 37, height: Int = 23) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb)
        for y in 0..<height {
            for x in 0..<width {
                for c in 0..<3 { image[y, x, c] = UInt8(truncatingIfNeeded: 7 * x + 31 * y + 101 * c + x * y) }
            }
        }
        return image
    }

    private func labels(width: Int = 37, height: Int = 23) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [height, width], color: .labels, domain: .labels)
        for y in 0..<height { for x in 0..<width where x > 10 && y > 5 { image[y, x] = x > 20 ? 7 : 3 } }
        return image
    }

    private func sample() -> Sample { Sample(.uint8(picture()), labels: .uint8(labels())) }

    private var recipe: Pipeline {
        get throws {
            try Pipeline(
                parsing: """
                    tessera_pipeline: 1
                    steps:
                      - d4
                      - affine: {rotate: {uniform: [-20, 20]}, scale: {uniform: [0.8, 1.2]}, label_fill: 9}
                      - some_of: {count: {uniform: [0, 2]}, steps: [{brightness: {factor: {uniform: [0.5, 1.5]}}}, {contrast: {factor: 1.3}}]}
                      - flip: {x: 0.5, y: 0.5}
                    """)
        }
    }

    @Test func identityGivesTheSameBytes() throws {
        let pipeline = Pipeline(Affine(), Brightness(), Contrast())
        let result = try pipeline.apply(to: sample(), key: DrawKey(seed: 1, sample: "a"))
        #expect(result.sample == sample())
        #expect(result.geometry.stages.isEmpty)
    }

    @Test func theSameKeyGivesTheSameBytesWhateverTheThreadsAndTheBatch() throws {
        let pipeline = try recipe
        let keys = (0..<9).map { DrawKey(seed: 5, sample: "s\($0)") }
        let alone = try keys.map { try pipeline.apply(to: sample(), key: $0).sample }
        for workers in [1, 2, 8] {
            let batch = pipeline.apply(toBatch: keys.map { (sample(), $0) }, workers: workers)
            #expect(try batch.map { try $0.get().sample } == alone)
            #expect(try pipeline.apply(to: sample(), key: keys[3], workers: workers).sample == alone[3])
        }
        #expect(Set(alone.map { "\($0.images[0].accept(Sum()))" }).count > 5)
    }

    @Test func epochsAndVariantsDiffer() throws {
        let pipeline = try recipe
        let keys = [
            DrawKey(seed: 5, sample: "a"), DrawKey(seed: 5, epoch: 1, sample: "a"),
            DrawKey(seed: 5, sample: "a", variant: 1),
        ]
        let results = try keys.map { try pipeline.apply(to: sample(), key: $0).record.steps }
        #expect(Set(results).count == 3)
    }

    @Test func replayGivesTheSameBytes() throws {
        let pipeline = try recipe
        for seed in 0..<8 {
            let first = try pipeline.apply(to: sample(), key: DrawKey(seed: UInt64(seed), sample: "a"))
            let again = try pipeline.replay(first.record, on: sample())
            #expect(again.sample == first.sample)
            #expect(again.geometry == first.geometry)
        }
        var record = try pipeline.apply(to: sample(), key: DrawKey(seed: 1, sample: "a")).record
        record.pipeline = "other"
        #expect(throws: AugmentError.self) { try pipeline.replay(record, on: sample()) }
    }

    @Test func labelsStayLabels() throws {
        let pipeline = try recipe
        for seed in 0..<10 {
            let result = try pipeline.apply(to: sample(), key: DrawKey(seed: UInt64(seed), sample: "a"))
            guard case .uint8(let labels) = result.sample.labels[0] else {
                Issue.record("labels of another type")
                return
            }
            #expect(Set((0..<labels.count).map { labels.samples[$0] }).isSubset(of: [0, 3, 7, 9]))
        }
    }

    @Test func fourQuarterTurnsAreNothing() throws {
        let size = SpatialSize(x: 37, y: 23)
        let scene = Scene(
            size: size, isVolume: false, channels: 3, color: .rgb, domain: .unspecified, kind: .uint8,
            spacingMillimetres: nil)
        var current = sample()
        var once: Sample?
        for _ in 0..<4 {
            var engine = try Engine(current, for: Pipeline([]), workers: 1)
            try engine.add(Turn(), DrawnValues(), DrawKey(seed: 0, sample: "").draws(at: ""), channel: nil, path: "0")
            current = try engine.finish().0
            once = once ?? current
        }
        #expect(current == sample())
        #expect(once?.images[0].layout.sizes == [37, 23, 3])
        #expect(scene.valueRange == 255)
        // Clockwise: the first row becomes the last column.
        guard case .uint8(let turned)? = once?.images[0] else { return }
        #expect(turned[0, 22, 1] == picture()[0, 0, 1])
        #expect(turned[5, 22, 1] == picture()[0, 5, 1])
    }

    @Test func allSymmetriesOfTheSquareDiffer() throws {
        let results = try (0..<8).map { number in
            var engine = try Engine(sample(), for: Pipeline([]), workers: 1)
            try engine.add(
                SquareSymmetry(), DrawnValues(["symmetry": [Double(number)]]),
                DrawKey(seed: 0, sample: "").draws(at: ""), channel: nil, path: "0")
            return try engine.finish().0
        }
        for a in results.indices { for b in results.indices where a != b { #expect(results[a] != results[b]) } }
    }

    @Test func boxesAndPointsAgreeWithTheMaskTheyCameFrom() throws {
        let pipeline = try Pipeline(
            parsing:
                "{tessera_pipeline: 1, steps: [d4, {affine: {rotate: {uniform: [-10, 10]}, scale: {uniform: [0.9, 1.1]}}}, flip]}"
        )
        var mask = Image<UInt8>(axes: [.y, .x], sizes: [64, 64], color: .labels)
        for y in 20..<33 { for x in 25..<45 { mask[y, x] = 1 } }
        let box = BoundingBox(lower: SIMD3(25, 20, 0), upper: SIMD3(45, 33, 1), label: 1)
        let corners = [SIMD3(25.0, 20, 0), SIMD3(45.0, 20, 0), SIMD3(45.0, 33, 0), SIMD3(25.0, 33, 0)]
        let start = Sample(
            images: [.uint8(mask)], labels: [.uint8(mask)], boxes: [box], points: [SIMD3(35, 26.5, 0)],
            polygons: [corners])
        for seed in 0..<20 {
            let result = try pipeline.apply(to: start, key: DrawKey(seed: UInt64(seed), sample: "a")).sample
            guard case .uint8(let moved) = result.labels[0] else { return }
            var (lower, upper, sum, count) = (SIMD2(1e9, 1e9), SIMD2(-1e9, -1e9), SIMD2<Double>.zero, 0.0)
            for y in 0..<64 {
                for x in 0..<64 where moved[y, x] == 1 {
                    lower = pointwiseMin(lower, SIMD2(Double(x), Double(y)))
                    upper = pointwiseMax(upper, SIMD2(Double(x + 1), Double(y + 1)))
                    sum += SIMD2(Double(x) + 0.5, Double(y) + 0.5)
                    count += 1
                }
            }
            let center = sum / count
            #expect(abs(result.points[0].x - center.x) < 0.3 && abs(result.points[0].y - center.y) < 0.3)
            let found = result.boxes[0]
            #expect(abs(found.lower.x - lower.x) < 1.5 && abs(found.upper.y - upper.y) < 1.5)
            #expect(abs(found.upper.x - upper.x) < 1.5 && abs(found.lower.y - lower.y) < 1.5)
            let ring = result.polygons[0]
            #expect(abs((ring.map(\.x).min() ?? 0) - found.lower.x) < 1e-6)
        }
    }

    @Test func signedValuesKeepTheirSign() throws {
        var image = Image<Int16>(axes: [.y, .x], sizes: [1, 4], color: .gray, domain: .hounsfield)
        for (x, value) in [-1000, -200, 0, 300].enumerated() { image[0, x] = Int16(value) }
        var brighter = Brightness()
        brighter.factor = .fixed(1.5)
        let result = try Pipeline(brighter).apply(to: Sample(.int16(image)), key: DrawKey(seed: 1, sample: "a")).sample
        guard case .int16(let values) = result.images[0] else { return }
        #expect((0..<4).map { values[0, $0] } == [-1500, -300, 0, 450])
    }

    @Test func bytesSaturateAndNeverWrap() throws {
        var brighter = Brightness()
        brighter.factor = .fixed(3)
        let result = try Pipeline(brighter).apply(to: Sample(.uint8(picture())), key: DrawKey(seed: 1, sample: "a"))
            .sample
        guard case .uint8(let values) = result.images[0] else { return }
        let source = picture()
        let expected = (0..<values.count).map { UInt8(min(255, 3 * Int(source.samples[$0]))) }
        #expect((0..<values.count).map { values.samples[$0] } == expected)
    }

    @Test func samplesThatDoNotFitAreRefusedBeforeAnyWork() throws {
        let other = Image<UInt8>(axes: [.y, .x], sizes: [23, 36], color: .labels)
        let empty = Image<UInt8>(axes: [.y, .x], sizes: [0, 36])
        let mistakes = [
            Sample(.uint8(picture()), labels: .uint8(other)), Sample(images: []), Sample(.uint8(empty)),
            Sample(images: [.uint8(picture())], points: [SIMD3(38, 1, 0)]),
            Sample(images: [.uint8(picture())], boxes: [BoundingBox(lower: SIMD3(5, 5, 0), upper: SIMD3(4, 9, 0))]),
        ]
        for sample in mistakes {
            #expect(throws: AugmentError.self) {
                try Pipeline(Flip()).apply(to: sample, key: DrawKey(seed: 1, sample: "a"))
            }
        }
    }
}

/// A quarter turn clockwise.
private struct Turn: Transform {
    static let declaration = TransformDeclaration<Turn>("turn", "Turns.", group: .lattice)

    func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Augment.Operation] {
        Lattice.operations(.quarterTurns(1, from: 0, to: 1), in: scene)
    }
}

/// A number that stands for the samples of an image.
private struct Sum: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Double {
        let values = image.contiguous()
        return (0..<values.count).reduce(0.0) { $0 + Double(converting: values.samples[$1]) * Double($1 % 97) }
    }
}
