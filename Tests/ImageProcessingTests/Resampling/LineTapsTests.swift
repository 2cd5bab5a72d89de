import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Taps along lines")
struct LineTapsTests {
    private func image(_ sizes: [Int]) -> Image<Float> {
        var image = Image<Float>(axes: [.channel, .z, .y, .x], sizes: sizes)
        var samples = image.mutableSamples
        for i in 0..<samples.count { samples[i] = NoiseField(key: 3).normal(at: i) }
        return image
    }

    /// Taps from anywhere, with one share, several, or one sample named twice.
    private func taps(from old: Int, to new: Int, key: UInt64) -> LineTaps {
        let field = NoiseField(key: key)
        var taps = LineTaps(sourceCount: old)
        for i in 0..<new {
            taps.append(
                (0..<1 + i % 5).map { tap in
                    LineTaps.Share(
                        index: Int(field.bits(at: 10 * i + tap) % UInt64(old)),
                        weight: Double(field.uniform(at: 10 * i + tap)))
                })
        }
        return taps
    }

    private func expected(_ image: Image<Float>, _ x: LineTaps, _ y: LineTaps, _ z: LineTaps) -> [Double] {
        var result: [Double] = []
        for c in 0..<image.channels {
            for k in 0..<z.count {
                for j in 0..<y.count {
                    for i in 0..<x.count {
                        var sum = 0.0
                        for a in z[k] {
                            for b in y[j] {
                                for d in x[i] {
                                    sum += a.weight * b.weight * d.weight * Double(image[c, a.index, b.index, d.index])
                                }
                            }
                        }
                        result.append(sum)
                    }
                }
            }
        }
        return result
    }

    @Test(arguments: KernelLevel.supported, [(13, 29), (40, 17), (120, 35), (1, 3), (9, 1)])
    func samplesAreWeighedAlongEveryAxis(level: KernelLevel, width: (old: Int, new: Int)) throws {
        let image = image([2, 4, 5, width.old])
        let (x, y, z) = (
            taps(from: width.old, to: width.new, key: 1), taps(from: 5, to: 6, key: 2), taps(from: 4, to: 3, key: 5)
        )
        var kernel = LineTapsKernel(x: x, y: y, z: z)
        kernel.level = level
        let wanted = expected(image, x, y, z)
        let found = Image<Float>(axes: [.x], sizes: [wanted.count]) { (samples: inout MutableSpan<Float>) in
            kernel.fill(image.samples, count: 2, into: &samples, workers: 1)
        }
        for i in 0..<wanted.count { #expect(abs(Double(found.samples[i]) - wanted[i]) < 2e-5) }
        let whole = try [1, 3].map { try image.resampled(x: x, y: y, z: z, workers: $0) }
        #expect(whole[0] == whole[1])
        #expect(whole[0].sizes == [2, 3, 6, width.new])
    }

    @Test func oneAfterTheOtherIsBothAtOnce() throws {
        let image = image([1, 2, 3, 37])
        let (first, second) = (taps(from: 37, to: 20, key: 7), taps(from: 20, to: 37, key: 8))
        let (y, z) = (LineTaps.identity(3), LineTaps.identity(2))
        let steps = try image.resampled(x: first, y: y, z: z).resampled(x: second, y: y, z: z)
        let both = try image.resampled(x: first.followed(by: second), y: y, z: z)
        for i in 0..<steps.count { #expect(abs(steps.samples[i] - both.samples[i]) < 2e-5) }
        #expect(try image.resampled(x: .identity(37), y: y, z: z) == image)
    }

    @Test func samplesWithoutWeightAreNotRead() throws {
        var image = image([1, 1, 2, 20])
        image[0, 0, 0, 3] = .nan
        var x = LineTaps(sourceCount: 20)
        for i in 0..<19 { x.append([LineTaps.Share(index: 3, weight: 0), LineTaps.Share(index: i, weight: 1)]) }
        // One sample with two shares makes room for two in every other.
        x.append([LineTaps.Share(index: 18, weight: 0.5), LineTaps.Share(index: 19, weight: 0.5)])
        let result = try image.resampled(x: x, y: .identity(2), z: .identity(1))
        #expect((0..<20).filter { result[0, 0, 0, $0].isNaN } == [3])
        #expect((0..<19).allSatisfy { result[0, 0, 1, $0] == image[0, 0, 1, $0] })
    }

    @Test func otherSizesAndAxesAreRefused() throws {
        let image = image([1, 2, 3, 4])
        #expect(throws: ImageError.self) {
            try image.resampled(x: .identity(5), y: .identity(3), z: .identity(2))
        }
        #expect(throws: ImageError.self) {
            try image.permuted(to: [.x, .y, .z, .channel]).resampled(
                x: .identity(4), y: .identity(3), z: .identity(2))
        }
    }
}
