import ImageCore
import ImageProcessing
import Testing

@Suite struct ValueTests {
    @Test func `gamma follows the domain, not 255`() throws {
        let deep = Image<UInt16>(axes: [.y, .x], sizes: [1, 1], repeating: 40_000)
        #expect(try deep.gammaCorrected(2)[0, 0] == 24_414)
        var scan = Image<Int16>(axes: [.y, .x], sizes: [1, 1], repeating: 0)
        #expect(throws: ImageError.self) { try scan.gammaCorrected(2) }
        scan.domain = .range(-1000...1000)
        #expect(try scan.gammaCorrected(2)[0, 0] == -500)
        #expect(throws: ImageError.self) { try deep.gammaCorrected(0) }
    }

    @Test func `statistics keep the order of channels`() throws {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [2, 2, 5])
        for c in 0..<5 {
            for i in 0..<4 { image[i / 2, i % 2, c] = UInt8(10 * c + 2 * (i % 2)) }
        }
        let statistics = try image.channelStatistics()
        #expect(statistics.map(\.mean) == [1, 11, 21, 31, 41])
        #expect(statistics.allSatisfy { $0.standardDeviation == 1 })
        #expect(try Set(image.standardized().values) == [-1, 1])
        let planar = try image.rearranged(to: [.channel, .y, .x])
        #expect(try Set(planar.standardized().values) == [-1, 1])
        #expect(throws: ImageError.self) { try image.normalized(mean: [1, 2], standardDeviation: [1, 1]) }
        #expect(throws: ImageError.self) { try image.normalized(mean: [1], standardDeviation: [0]) }
    }

    @Test func `a constant image is scaled without a division by zero`() throws {
        let image = Image<Float>(axes: [.y, .x], sizes: [2, 2], repeating: 3)
        #expect(try image.scaled(to: 0...1).values == [0, 0, 0, 0])
        #expect(try image.histogramEqualized() == image)
    }

    @Test func `several thresholds maximize the variance between classes`() throws {
        let histogram = [3, 1, 0, 7, 2, 2, 9, 0, 4, 1, 5, 6]
        func score(_ thresholds: [Int]) -> Double {
            let edges = [-1] + thresholds + [histogram.count - 1]
            return zip(edges, edges.dropFirst()).reduce(0) { sum, edge in
                let values = (edge.0 + 1..<edge.1 + 1)
                let weight = values.reduce(0.0) { $0 + Double(histogram[$1]) }
                let moment = values.reduce(0.0) { $0 + Double(histogram[$1] * $1) }
                return sum + (weight > 0 ? moment * moment / weight : 0)
            }
        }
        var best = 0.0
        for a in 0..<11 { for b in a + 1..<11 { for c in b + 1..<11 { best = max(best, score([a, b, c])) } } }
        #expect(try abs(score(otsuThresholds(histogram, count: 3)) - best) < 1e-9)
        #expect(try otsuThresholds(histogram, count: 1) == [otsuThreshold(histogram)])
        #expect(throws: ImageError.self) { try otsuThresholds([1, 1], count: 2) }
    }

    @Test func `moments of any rank follow their definition`() throws {
        let image = Image<Double>(axes: [.z, .y, .x], sizes: [2, 3, 4]) {
            for i in 0..<24 { $0[i] = Double(i * i % 7) }
        }
        let found = try image.moments(order: 2)
        var sum = 0.0
        for z in 0..<2 {
            for y in 0..<3 {
                for x in 0..<4 {
                    let (dz, dy, dx) = (Double(z) + 0.5, Double(y) + 0.5, Double(x) + 0.5)
                    sum += image[z, y, x] * dz * dy * dy * dx
                }
            }
        }
        #expect(abs(found[1, 2, 1] - sum) < 1e-9)
        #expect(throws: ImageError.self) { try (image - image).centralMoments() }
    }

    @Test func `channels are selected and named by what they are`() throws {
        let image = Image<UInt8>.random(width: 4, height: 3, channels: 3, seed: 51)
        let swapped = try image.selectingChannels([2, 1, 0])
        #expect(swapped.color == .bgr && swapped[1, 1, 0] == image[1, 1, 2])
        #expect(try image.selectingChannels([0, 0]).color == .unspecified)
        #expect(throws: ImageError.self) { try image.selectingChannels([3]) }
    }
}
