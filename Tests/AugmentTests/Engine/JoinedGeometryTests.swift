import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Where one geometric step follows another, images, labels and boxes end at the same edges, and a crop is final.
struct JoinedGeometryTests {
    private func pipeline(_ steps: String) throws -> Pipeline {
        try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(steps)]")
    }

    private func key(_ seed: UInt64 = 1) -> DrawKey { DrawKey(seed: seed, sample: "a") }

    private func pixels(_ image: AnyImage) -> [Double] {
        let values = image.converted(to: Double.self).contiguous()
        return (0..<values.count).map { values.samples[$0] }
    }

    static let sequences = [
        "{affine: {translate_pixels: [40, 0, 0]}}, {gaussian_blur: {sigma: 1}}, {affine: {translate_pixels: [-40, 0, 0]}}",
        "{affine: {scale: 3}}, {equalize: {}}, {flip: {x: 1}}, {affine: {scale: 0.4}}",
        "{center_crop: {size: [40, 30]}}, {brightness: {factor: 0.9}}, {pad: {amount: [10], fill: 0}}",
        "{center_crop: {size: [40, 30]}}, {pad: {amount: [5], fill: 0}}",
        "{center_crop: {size: [40, 30]}}, {affine: {rotate: 45}}",
        "{affine: {rotate: 30}}, {median_blur: {size: 3}}, {resize: {size: [50, 50]}}, {affine: {rotate: -30}}",
        "{affine: {scale: 2}}, {affine: {scale: 0.5, interpolation: cubic}}",
        "{resized_crop: {size: [40, 40], scale: 0.3, ratio: 1}}, {affine: {scale: 0.7}}",
    ]

    @Test(arguments: sequences) func `labels and images have their fill in the same places`(steps: String) throws {
        let picture = AnyImage.uint8(Image<UInt8>(axes: [.y, .x], sizes: [80, 90], repeating: 200, color: .gray))
        let mask = AnyImage.uint8(Image<UInt8>(axes: [.y, .x], sizes: [80, 90], repeating: 7, color: .labels))
        let steps = steps.replacing("40, 0, 0", with: "40, 0")
        let result = try pipeline(steps).apply(to: Sample(picture, labels: mask), key: key()).sample
        let (image, labels) = (pixels(result.images[0]), pixels(result.labels[0]))
        #expect(image.count == labels.count)
        let wrong = zip(image, labels).count { ($0 > 90) != ($1 == 7) }
        let filled = labels.count { $0 == 0 }
        #expect(wrong * 50 < labels.count, "\(wrong) of \(labels.count) pixels differ")
        // The sequence does show something outside.
        #expect(filled * 20 > labels.count)
    }

    private func patterned(_ sizes: [Int]) -> (AnyImage, AnyImage) {
        let axes: [Axis] = sizes.count == 3 ? [.z, .y, .x] : [.y, .x]
        let image = Image<Int16>(axes: axes, sizes: sizes, color: .gray) { samples in
            for i in 0..<samples.count { samples[i] = Int16(truncatingIfNeeded: (i &* 7919) % 3001 - 1000) }
        }
        let labels = Image<UInt8>(axes: axes, sizes: sizes, color: .labels, domain: .labels) { samples in
            for i in 0..<samples.count { samples[i] = UInt8(truncatingIfNeeded: (i &* 31) % 5 + 1) }
        }
        return (.int16(image), .uint8(labels))
    }

    /// Each step in a pipeline of its own: nothing can be joined.
    private func oneByOne(_ steps: [String], _ sample: Sample) throws -> Sample {
        try steps.reduce(sample) { try pipeline($1).apply(to: $0, key: key()).sample }
    }

    static let windows = [
        ["{center_crop: {size: [21, 15]}}", "{pad: {amount: [6], fill: -7, label_fill: 9}}"],
        ["{center_crop: {size: [21, 15]}}", "{pad: {amount: [6], border: reflect}}"],
        ["{center_crop: {size: [21, 15]}}", "{pad: {amount: [6], border: reflect101}}"],
        ["{center_crop: {size: [21, 15]}}", "{pad: {amount: [6], border: wrap}}"],
        ["{center_crop: {size: [21, 15]}}", "{pad: {amount: [6], border: replicate}}"],
        [
            "{center_crop: {size: [21, 15]}}", "{flip: {x: 1}}",
            "{affine: {rotate: 37, interpolation: nearest, fill: -7}}",
        ],
        ["{center_crop: {size: [21, 15]}}", "{transpose: {}}", "{crop_or_pad: {size: [30, 30], fill: 3}}"],
        ["{pad: {amount: [4], fill: 5}}", "{center_crop: {size: [30, 30]}}", "{pad: {amount: [9], fill: 5}}"],
    ]

    @Test(arguments: windows) func `what a crop cut off never comes back`(steps: [String]) throws {
        let (image, labels) = patterned([35, 41])
        let sample = Sample(image, labels: labels)
        let joined = try pipeline(steps.joined(separator: ", ")).apply(to: sample, key: key()).sample
        let expected = try oneByOne(steps, sample)
        #expect(pixels(joined.images[0]) == pixels(expected.images[0]))
        #expect(pixels(joined.labels[0]) == pixels(expected.labels[0]))
    }

    @Test func `a crop of a volume is final along every axis`() throws {
        let (image, labels) = patterned([12, 17, 19])
        let sample = Sample(image, labels: labels)
        let steps = [
            "{center_crop: {size: [11, 9, 6]}}", "{affine: {rotate: [20, 10, 30], interpolation: nearest, fill: -3}}",
        ]
        let joined = try pipeline(steps.joined(separator: ", ")).apply(to: sample, key: key()).sample
        let expected = try oneByOne(steps, sample)
        #expect(pixels(joined.images[0]) == pixels(expected.images[0]))
        #expect(pixels(joined.labels[0]) == pixels(expected.labels[0]))
    }

    @Test func `two half pixels are a whole one to what is not a number`() throws {
        var image = Image<Float>(axes: [.y, .x], sizes: [7, 9], color: .gray)
        for y in 0..<7 { for x in 0..<9 { image[y, x] = Float(10 * y + x) } }
        (image[2, 3], image[4, 6]) = (.nan, .infinity)
        let half = "{affine: {translate_pixels: [0.5, -1], fill: -7}}"
        let found = try pipeline("\(half), \(half)").apply(to: Sample(.float32(image)), key: key()).sample.images[0]
            .converted(to: Float.self)
        for y in 0..<7 {
            for x in 0..<9 {
                let expected = x >= 1 && y + 2 < 7 ? image[y + 2, x - 1] : -7
                #expect(found[y, x].bitPattern == expected.bitPattern)
            }
        }
    }

    @Test(arguments: ["{resize: {size: [60, 60]}}", "{resized_crop: {size: [60, 60], scale: 0.6, ratio: 1}}"])
    func `a step that stays inside is joined to one with another border`(second: String) throws {
        let (image, _) = patterned([80, 80])
        let first = "affine: {rotate: 12, scale: 1.3"
        let mixed = try pipeline("{\(first)}}, \(second)").apply(to: Sample(image), key: key()).sample.images[0]
        let alike = try pipeline("{\(first), border: replicate}}, \(second)").apply(to: Sample(image), key: key())
        guard case .int16(let a) = mixed, case .int16(let b) = alike.sample.images[0] else { return }
        // Enlarged and turned by little, the middle never sees a border; interpolated twice it would be smoother.
        for y in 10..<50 { for x in 10..<50 { #expect(a[y, x] == b[y, x]) } }
    }

    @Test func `a box ends where a crop ends`() throws {
        let (image, _) = patterned([40, 40])
        let box = BoundingBox(lower: SIMD3(2, 12, 0), upper: SIMD3(30, 20, 0), label: 4)
        let gone = BoundingBox(lower: SIMD3(1, 1, 0), upper: SIMD3(6, 6, 0))
        let sample = Sample(images: [image], boxes: [box, gone])
        let result = try pipeline("{center_crop: {size: [20, 20]}}, {pad: {amount: [10]}}").apply(
            to: sample, key: key())
        #expect(result.sample.boxes.count == 1)
        #expect(result.sample.boxes.first?.lower.x == 10 && result.sample.boxes.first?.upper.x == 30)
        #expect(result.sample.boxes.first?.label == 4)
    }

    @Test func `kernels end at a window as the formula does`() throws {
        let size = SpatialSize(x: 9, y: 7)
        for border in [BorderMode.constant(0), .replicate, .reflect, .reflect101, .wrap] {
            let stages: [SpatialStage] = [
                .affine(.translation(SIMD3(-7.2, 3.3, 0))), .window(SpatialWindow(size: size, border: border)),
            ]
            let map = SpatialMap(outputSize: SpatialSize(x: 40, y: 20), stages: stages)
            // Images of the places themselves.
            let x = Image<Float>(axes: [.y, .x], sizes: [7, 9]) { s in for i in 0..<s.count { s[i] = Float(i % 9) } }
            let y = Image<Float>(axes: [.y, .x], sizes: [7, 9]) { s in for i in 0..<s.count { s[i] = Float(i / 9) } }
            let fill = BorderMode.constant(-100)
            let (xs, ys) = (
                try x.warped(by: map, interpolation: .nearest, border: fill, workers: 1),
                try y.warped(by: map, interpolation: .nearest, border: fill, workers: 1)
            )
            for row in 0..<20 {
                for column in 0..<40 {
                    let place = map.source(of: SIMD3(Double(column) + 0.5, Double(row) + 0.5, 0.5))
                    let expected =
                        place.x.isNaN
                        ? SIMD2<Double>(-100, -100) : SIMD2(place.x.rounded(.down), place.y.rounded(.down))
                    #expect(Double(xs[row, column]) == expected.x && Double(ys[row, column]) == expected.y)
                }
            }
        }
    }
}
