import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Statistics of a pass over rows")
struct RowStatisticsTests {
    private func image(_ width: Int, _ height: Int, depth: Int = 1, channels: Int = 2, around middle: Float = 40)
        -> Image<Float>
    {
        var image = Image<Float>(axes: [.channel, .z, .y, .x], sizes: [channels, depth, height, width])
        var samples = image.mutableSamples
        let field = NoiseField(key: UInt64(width * 31 + height))
        for i in 0..<samples.count { samples[i] = middle + 17 * field.normal(at: i) }
        return image
    }

    /// Mean, deviation, minimum and maximum of a channel by their definitions, in two passes.
    private func expected(_ image: Image<Float>, _ channel: Int) -> [Double] {
        let plane = image.slice(.channel, at: channel).contiguous()
        let values = (0..<plane.count).map { Double(plane.samples[$0]) }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        return [mean, (squares / Double(values.count)).squareRoot(), values.min() ?? 0, values.max() ?? 0]
    }

    private func check(_ measures: ChannelMeasures, _ image: Image<Float>, scale: Double = 100) {
        for channel in 0..<image.channels {
            let found = [
                measures.mean[channel], measures.deviation[channel], measures.minimum[channel],
                measures.maximum[channel],
            ]
            for (found, expected) in zip(found, expected(image, channel)) {
                #expect(abs(found - expected) <= 1e-6 * scale)
            }
        }
    }

    @Test(arguments: Array(1...35) + [511, 512, 513, 1031])
    func everyWidthIsMeasured(width: Int) throws {
        let image = image(width, 7)
        check(try image.measures(), image)
        // A small deviation about a large mean.
        let high = self.image(width, 3, around: 20000)
        check(try high.measures(), high)
    }

    @Test func statisticsAndBytesDoNotDependOnThreads() throws {
        let volume = image(37, 19, depth: 5)
        let operations = [RowOperation.linear(scale: [1.5, -2], bias: [3, 4])]
        let map = SpatialMap(
            outputSize: SpatialSize(x: 41, y: 23, z: 6), pulling: .scale(SIMD3(0.9, 0.8, 0.83)))
        let all = try [1, 2, 8].map { workers in
            try AnyImage.float32(volume).renderedWithMeasures(
                map: map, interpolation: .linear, border: .constant(0), operations: operations, kind: .float32,
                axes: [.channel, .z, .y, .x], workers: workers)
        }
        guard case .float32(let result) = all[0].image else { return }
        check(all[0].measures, result)
        for other in all.dropFirst() {
            #expect(other.image == all[0].image)
            #expect(other.measures == all[0].measures)
        }
        let plain = try AnyImage.float32(volume).rendered(
            map: map, interpolation: .linear, border: .constant(0), operations: operations, kind: .float32,
            axes: [.channel, .z, .y, .x], workers: 1)
        #expect(plain == all[0].image)
    }

    @Test func levelsAgree() throws {
        let volume = image(50, 9)
        let all = try KernelLevel.supported.map { level in
            try AnyImage.float32(volume).renderedWithMeasures(
                map: nil, interpolation: .linear, border: .replicate, operations: [], kind: .float32,
                axes: volume.axes, workers: 1, level: level)
        }
        for one in all {
            #expect(one.image == .float32(volume))
            check(one.measures, volume)
        }
    }

    @Test(arguments: [1, 15, 16, 33, 530])
    func pixelsChangeWhereTheyAre(width: Int) throws {
        let original = image(width, 6, channels: 3)
        let operations = [
            RowOperation.gamma(exponent: 1.3, black: -50, white: 120),
            .matrix([SIMD4(0.5, 0.2, 0.1, 3), SIMD4(0.1, 0.7, 0, -2), SIMD4(0, 0.3, 1.1, 0.5)]),
        ]
        let rendered = try AnyImage.float32(original).rendered(
            map: nil, interpolation: .nearest, border: .replicate, operations: operations, kind: .float32,
            axes: original.axes, workers: 1)
        var changed = original
        let measures = try changed.change(by: operations, measuring: .all, workers: 2)
        #expect(AnyImage.float32(changed) == rendered)
        #expect(original == image(width, 6, channels: 3))
        #expect(measures == (try original.measures(after: operations)))
        #expect(try changed.change(by: []) == nil)
        #expect(throws: ImageError.self) { try changed.change(by: [.table([[0], [1]], lower: 0, upper: 1)]) }
    }

    @Test func largeNumbersHaveStatistics() throws {
        var image = image(40, 3, channels: 1)
        (image[0, 0, 1, 3], image[0, 0, 2, 9]) = (3e38, -2e38)
        let (found, wanted) = (try image.measures(), expected(image, 0))
        #expect(abs(found.mean[0] / wanted[0] - 1) < 1e-6 && abs(found.deviation[0] / wanted[1] - 1) < 1e-6)
        #expect(found.minimum == [wanted[2]] && found.maximum == [wanted[3]])
    }

    @Test(arguments: Array(1...35) + [512, 513, 1031])
    func everyWidthHasMeans(width: Int) throws {
        let image = image(width, 5, depth: 2, channels: width % 4 + 1)
        let means = try KernelLevel.supported.map { level in
            try AnyImage.float32(image).renderedWithMeasures(
                map: nil, interpolation: .linear, border: .replicate, operations: [], kind: .float32,
                axes: image.axes, measuring: .means, workers: 1, level: level
            ).measures
        }
        for one in means {
            #expect(one.deviation.isEmpty && one.minimum.isEmpty && one.maximum.isEmpty)
            for channel in 0..<image.channels {
                #expect(abs(one.mean[channel] - expected(image, channel)[0]) <= 1e-4)
            }
        }
    }

    @Test func largeNumbersHaveMeans() throws {
        var image = image(40, 3, channels: 1)
        for x in 0..<40 { image[0, 0, 1, x] = 3e38 }
        #expect(abs(try image.measures(.means).mean[0] / expected(image, 0)[0] - 1) < 1e-6)
        image[0, 0, 2, 7] = .nan
        #expect(try image.measures(.means).mean[0].isNaN)
    }

    @Test func missingNumbersAreNoLimits() throws {
        var image = image(20, 4, channels: 1)
        image[0, 0, 2, 7] = .nan
        let measures = try image.measures()
        #expect(measures.mean[0].isNaN)
        #expect(measures.minimum[0].isFinite && measures.maximum[0].isFinite)
    }
}
