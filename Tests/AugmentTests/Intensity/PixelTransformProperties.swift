import Augment
import ImageCore
import Testing

@Suite("Transforms of single pixels")
struct PixelTransformProperties {
    /// Parameters that change a lot, for any image.
    private static let strong = [
        "gamma: {exponent: {uniform: [0.5, 2]}, invert: 0.5, retain_statistics: true}",
        "gamma: {exponent: {uniform: [0.5, 2]}, range: image}",
        "tone_curve: {low: {uniform: [0, 0.4]}, high: {uniform: [0.5, 1]}}", "histogram_shift", "equalize",
        "clahe: {clip_limit: {uniform: [1, 4]}, tiles: 3}", "linear_window: {lower: {uniform: [0, 0.3]}}", "invert",
        "posterize: {bits: 2}", "solarize", "random_clip: {lower: {uniform: [0, 20]}, upper: 90}",
        "channel_shuffle", "channel_drop", "channel_misalignment",
        "local_contrast: {factor: {uniform: [0.5, 1.5]}}", "local_intensity: {factor: {uniform: [0.5, 1.5]}}",
        "local_gamma: {factor: {uniform: [0.5, 1.5]}}", "brightness_gradient: {amount: {uniform: [-0.3, 0.3]}}",
        "window: {center: 100, width: 150}", "clamp: {lower: 10, upper: 100}", "rescale: {to_lower: -1, clip: true}",
        "z_score: {over: nonzero}", "z_score", "percentile_clip: {over: nonzero}", "histogram_standardize", "to_float",
    ]

    @Test(arguments: strong)
    func volumesOfFloatsAndBlankImagesGiveNumbers(text: String) throws {
        let pipeline = try transform(text.contains(":") ? "{\(text)}" : text)
        var volume = Image<Float>(axes: [.z, .y, .x], sizes: [4, 5, 6], color: .gray)
        for z in 0..<4 { for y in 0..<5 { for x in 0..<6 { volume[z, y, x] = Float(x * y + 7 * z) / 50 - 0.1 } } }
        let blank = Image<UInt16>(axes: [.y, .x], sizes: [9, 8], color: .gray)
        for image in [AnyImage.float32(volume), .uint16(blank), hounsfieldRow([7, 7, 7, 7])] {
            let result = try pipeline.apply(to: Sample(image), key: DrawKey(seed: 2, sample: "a")).sample.images[0]
            #expect(result.doubles.allSatisfy { $0.isFinite })
            #expect(Set(result.layout.axes) == Set(image.layout.axes))
        }
    }

    @Test(arguments: TransformTable.builtIn.descriptions.filter(\.needsRGB).map(\.name))
    func transformsOfColorRefuseOtherImages(name: String) throws {
        let pipeline = try transform(name)
        let key = DrawKey(seed: 2, sample: "a")
        #expect(throws: AugmentError.self) { try pipeline.apply(to: Sample(hounsfieldRow()), key: key) }
        let mixed = Sample(images: [.uint8(stainedPicture(width: 4, height: 1)), hounsfieldRow()])
        #expect(throws: AugmentError.self) { try pipeline.apply(to: mixed, key: key) }
        let perChannel = try transform("{per_channel: [\(name)]}")
        #expect(throws: AugmentError.self) {
            try perChannel.apply(to: Sample(.uint8(stainedPicture())), key: key)
        }
    }

    @Test(arguments: [
        "gamma: {exponent: 1.3}", "tone_curve: {low: 0.2, high: 0.9}", "histogram_shift",
        "local_gamma: {factor: {uniform: [0.8, 1.2]}}",
    ])
    func hounsfieldUnitsKeepTheirEndsAndOrder(text: String) throws {
        for seed in 0..<5 {
            let result = try transform("{\(text)}")
                .apply(to: Sample(hounsfieldRow()), key: DrawKey(seed: UInt64(seed), sample: "a")).sample.images[0]
            #expect(result.kind == .int16 && result.domain == .hounsfield)
            let values = result.doubles
            #expect(values.first == -1000 && values.last == 300)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test(arguments: [
        "local_intensity: {factor: {uniform: [0.7, 1.3]}}", "brightness_gradient: {amount: 20}", "percentile_clip",
        "clamp: {lower: -900, upper: 200}",
    ])
    func hounsfieldUnitsKeepTheirSign(text: String) throws {
        let result = try transform("{\(text)}").apply(to: Sample(hounsfieldRow()), key: DrawKey(seed: 1, sample: "a"))
            .sample.images[0].doubles
        #expect(result[0] < -800 && result[1] < -100 && abs(result[2]) <= 10 && result[3] >= 180)
    }

    @Test func bytesSaturateAndNeverWrap() throws {
        let picture = stainedPicture()
        let shifted = try transform("{rgb_shift: {red: 0.5, green: 0.5, blue: -0.5}}")
            .apply(to: Sample(.uint8(picture)), key: DrawKey(seed: 1, sample: "a")).sample.images[0].doubles
        for (i, value) in picture.all.enumerated() {
            let exact = Double(value) + (i % 3 == 2 ? -127.5 : 127.5)
            #expect(shifted[i] == min(max(exact.rounded(.toNearestOrAwayFromZero), 0), 255))
        }
    }

    @Test func transformsFollowGeometryInOnePass() throws {
        let pipeline = try transform("{flip: {x: 1}}, {rgb_shift: {red: 0.1}}, invert")
        let picture = stainedPicture()
        let result = try pipeline.apply(to: Sample(.uint8(picture)), key: DrawKey(seed: 1, sample: "a")).sample
        guard case .uint8(let image) = result.images[0] else { return }
        for x in 0..<23 {
            let exact: Double = 229.5 - Double(picture[3, 22 - x, 0])
            #expect(Double(image[3, x, 0]) == max(0, exact.rounded(.toNearestOrAwayFromZero)))
            #expect(image[3, x, 1] == 255 - picture[3, 22 - x, 1])
        }
    }
}
