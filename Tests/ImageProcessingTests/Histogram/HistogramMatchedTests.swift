import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct HistogramMatchedTests {
    @Test func `ranks are exchanged`() throws {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [1, 8]) {
            for i in 0..<8 { $0[i] = [5, 9, 5, 7, 9, 9, 5, 5][i] }
        }
        let other = Image<UInt8>(axes: [.y, .x], sizes: [2, 4]) {
            for i in 0..<8 { $0[i] = [40, 10, 20, 40, 10, 30, 40, 10][i] }
        }
        // Shares of 5, 7, 9 are 0.5, 0.625, 1; those of 10, 20, 30, 40 are 0.375, 0.5, 0.625, 1.
        #expect(try image.histogramMatched(to: other).values == [20, 40, 20, 30, 40, 40, 20, 20])
        #expect(try image.histogramMatched(to: other, amount: 0.5).values == [13, 25, 13, 19, 25, 25, 13, 13])
        #expect(try image.histogramMatched(to: other, amount: 0) == image)
    }

    @Test func `an image matched to itself stays, and to another of the same size takes its values`() throws {
        let (image, other) = (Self.distinct([11, 13, 3], step: 53), Self.distinct([13, 11, 3], step: 101))
        #expect(try image.histogramMatched(to: image) == image)
        let matched = try image.histogramMatched(to: other)
        for c in 0..<3 {
            let (a, b) = (matched.slice(.channel, at: c).values.sorted(), other.slice(.channel, at: c).values.sorted())
            #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
        }
        let planar = try image.rearranged(to: [.channel, .y, .x])
        #expect(try planar.histogramMatched(to: other).rearranged(to: image.axes) == matched)
    }

    @Test func `numbers that are none stay`() throws {
        let image = Image<Float>(axes: [.y, .x], sizes: [1, 3]) { for i in 0..<3 { $0[i] = [1, .nan, 2][i] } }
        let other = Image<Float>(axes: [.y, .x], sizes: [1, 3]) { for i in 0..<3 { $0[i] = [.nan, 30, 70][i] } }
        let result = try image.histogramMatched(to: other).values
        #expect(result[0] == 30 && result[1].isNaN && result[2] == 70)
        #expect(throws: ImageError.self) { try image.histogramMatched(to: other, amount: 2) }
        #expect(throws: ImageError.self) { try image.histogramMatched(to: Image(axes: [.y, .x], sizes: [0, 2])) }
        let color = Image<Float>(axes: [.y, .x, .channel], sizes: [1, 1, 3])
        #expect(throws: ImageError.self) { try image.histogramMatched(to: color) }
    }

    /// Numbers that all differ, in another order for each step.
    private static func distinct(_ sizes: [Int], step: Int) -> Image<Float> {
        Image(axes: [.y, .x, .channel], sizes: sizes) {
            for i in 0..<$0.count { $0[i] = Float(step * i % 431) * Float(step) / 64 }
        }
    }
}
