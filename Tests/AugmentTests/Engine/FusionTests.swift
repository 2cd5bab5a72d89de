import Glibc
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Fusion")
struct FusionTests {
    /// Waves so long that a picture that is interpolated twice is nearly the one interpolated once; a shift by 0.2 pixels shows.
    private func waves(width: Int = 96, height: Int = 80) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb)
        for y in 0..<height {
            for x in 0..<width {
                for c in 0..<3 {
                    let phase = Double(x) / Double(22 + 2 * c) + Double(y) / Double(30 - 3 * c)
                    image[y, x, c] = UInt8((128 + 80 * sin(phase)).rounded())
                }
            }
        }
        return image
    }

    private static let recipes = [
        """
        - rotate90
        - affine: {rotate: {uniform: [-25, 25]}, scale: {uniform: [1.3, 1.5]}}
        - flip: {x: 0.5, y: 0.5}
        - affine: {shear: {uniform: [-8, 8]}, translate: {uniform: [-0.03, 0.03]}}
        - brightness: {factor: {uniform: [0.7, 1]}, shift: {uniform: [-0.05, 0.05]}}
        - brightness: {factor: {uniform: [0.8, 1.1]}}
        """,
        """
        - affine: {rotate: {uniform: [-8, 8]}, scale: [{uniform: [1.15, 1.3]}, {uniform: [1.2, 1.4]}], translate: {uniform: [-0.02, 0.02]}}
        - elastic: {max_displacement: {uniform: [3, 6]}, unit: px}
        - random_crop: {size: [70, 58]}
        - flip: {x: 0.5, y: 0.5}
        - brightness: {factor: {uniform: [0.7, 1]}}
        - rgb_shift: {red: {uniform: [-0.05, 0.05]}, green: 0.03, blue: {uniform: [-0.02, 0.02]}}
        - color_jitter: {saturation: {uniform: [0.7, 1.3]}}
        """,
    ]

    private func pipeline(_ recipe: String, _ more: String = "") throws -> Pipeline {
        try Pipeline(parsing: "tessera_pipeline: 1\nsteps:\n" + recipe + more)
    }

    /// Peak signal to noise between the middles of a result and of the reference, for values from 0 to 255.
    private func decibels(
        _ reference: DoublePicture, rounding: Bool, scale: SIMD3<Double> = .one, _ found: (Int, Int, Int) -> Double
    ) -> Double {
        var (square, count) = (0.0, 0.0)
        for y in 10..<reference.height - 10 {
            for x in 10..<reference.width - 10 {
                for c in 0..<3 {
                    let exact = reference[x, y][c]
                    let wanted = rounding ? min(max(exact, 0), 255).rounded(.toNearestOrAwayFromZero) : exact
                    let difference = (found(x, y, c) - wanted) * scale[c]
                    square += difference * difference
                    count += 1
                }
            }
        }
        return square == 0 ? .infinity : 10 * log10(255 * 255 / (square / count))
    }

    @Test(arguments: recipes) func bytesAgreeWithEveryStepDoneOnItsOwn(recipe: String) throws {
        let pipeline = try pipeline(recipe)
        for seed in 0..<6 {
            let result = try pipeline.apply(to: Sample(.uint8(waves())), key: DrawKey(seed: UInt64(seed), sample: "a"))
            let reference = try StepwiseReference(result.record, on: waves()).picture
            guard case .uint8(let found) = result.sample.images[0] else { return }
            #expect(found.sizes == [reference.height, reference.width, 3])
            let decibels = decibels(reference, rounding: true) { x, y, c in Double(found[y, x, c]) }
            #expect(decibels > 60, "seed \(seed): \(decibels) dB")
        }
    }

    @Test(arguments: recipes) func normalizedFloatsAgreeWithEveryStepDoneOnItsOwn(recipe: String) throws {
        let pipeline = try pipeline(recipe, "\n- normalize")
        for seed in 0..<6 {
            let result = try pipeline.apply(to: Sample(.uint8(waves())), key: DrawKey(seed: UInt64(seed), sample: "a"))
            let reference = try StepwiseReference(result.record, on: waves()).picture
            guard case .float32(let found) = result.sample.images[0] else {
                Issue.record("expected floats")
                return
            }
            #expect(found.axes == [.channel, .y, .x])
            #expect(found.sizes == [3, reference.height, reference.width])
            let scale = 255 * SIMD3(0.229, 0.224, 0.225)
            let decibels = decibels(reference, rounding: false, scale: scale) { x, y, c in Double(found[c, y, x]) }
            #expect(decibels > 60, "seed \(seed): \(decibels) dB")
        }
    }

    @Test func rotationsThatSumToNothingGiveTheSameBytes() throws {
        let pipeline = try Pipeline(
            parsing: """
                tessera_pipeline: 1
                steps: [{affine: {rotate: 10}}, {affine: {rotate: 25}}, {affine: {rotate: -17}}, {affine: {rotate: -18}}]
                """)
        let result = try pipeline.apply(to: Sample(.uint8(waves())), key: DrawKey(seed: 1, sample: "a"))
        guard case .uint8(let found) = result.sample.images[0] else { return }
        #expect(found == waves())
    }
}
