import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What transforms of blur, noise, MRI and dropout do at the ends of types and to channels; see EveryTransform for what holds for all.
@Suite("Transforms that leave pixels in place")
struct ChangesInPlace {
    private func pipeline(_ step: String) throws -> Pipeline {
        try Pipeline(parsing: "{tessera_pipeline: 1, steps: [\(step.contains(":") ? "{\(step)}" : step)]}")
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
}
