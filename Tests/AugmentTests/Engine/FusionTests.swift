import Glibc
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Fusion")
struct FusionTests {
    /// Waves of different lengths, so that a shift by a part of a pixel shows.
    private func waves(width: Int = 96, height: Int = 80) -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb)
        for y in 0..<height {
            for x in 0..<width {
                for c in 0..<3 {
                    let phase = Double(x) / Double(5 + c) + Double(y) / Double(9 - c)
                    image[y, x, c] = UInt8(128 + 100 * sin(phase))
                }
            }
        }
        return image
    }

    private let recipe = """
        tessera_pipeline: 1
        steps:
          - d4
          - affine: {rotate: {uniform: [-25, 25]}, scale: {uniform: [1.05, 1.3]}}
          - flip: {x: 0.5, y: 0.5}
          - affine: {shear: {uniform: [-8, 8]}, translate: {uniform: [-0.03, 0.03]}}
          - brightness: {factor: {uniform: [0.7, 1.2]}, shift: {uniform: [-0.05, 0.05]}}
          - brightness: {factor: {uniform: [0.8, 1.1]}}
        """

    @Test func bytesAgreeWithEveryStepInDouble() throws {
        let pipeline = try Pipeline(parsing: recipe)
        for seed in 0..<6 {
            let result = try pipeline.apply(to: Sample(.uint8(waves())), key: DrawKey(seed: UInt64(seed), sample: "a"))
            let (size, expected) = try DoubleReference(pipeline: pipeline, record: result.record).values(of: waves())
            guard case .uint8(let found) = result.sample.images[0] else { return }
            #expect(found.width == size.x && found.height == size.y)
            var (square, count) = (0.0, 0.0)
            for y in 8..<size.y - 8 {
                for x in 8..<size.x - 8 {
                    for c in 0..<3 {
                        let wanted = min(max(expected[y * size.x + x][c], 0), 255).rounded()
                        square += (Double(found[y, x, c]) - wanted) * (Double(found[y, x, c]) - wanted)
                        count += 1
                    }
                }
            }
            let decibels = square == 0 ? .infinity : 10 * log10(255 * 255 / (square / count))
            #expect(decibels > 60, "seed \(seed): \(decibels) dB")
        }
    }

    @Test func normalizedFloatsAgreeWithEveryStepInDouble() throws {
        let pipeline = try Pipeline(parsing: recipe + "\n  - normalize")
        let result = try pipeline.apply(to: Sample(.uint8(waves())), key: DrawKey(seed: 3, sample: "a"))
        let (size, expected) = try DoubleReference(pipeline: pipeline, record: result.record).values(of: waves())
        guard case .float32(let found) = result.sample.images[0] else {
            Issue.record("expected floats")
            return
        }
        #expect(found.axes == [.channel, .y, .x])
        var largest = 0.0
        for y in 8..<size.y - 8 {
            for x in 8..<size.x - 8 {
                for c in 0..<3 { largest = max(largest, abs(Double(found[c, y, x]) - expected[y * size.x + x][c])) }
            }
        }
        #expect(largest < 2e-3)
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
