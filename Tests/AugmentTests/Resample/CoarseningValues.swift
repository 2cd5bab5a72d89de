import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of a coarser grid")
struct CoarseningValues {
    /// A line brought to another length over the same extent, by the definitions in `Double`.
    private func resized(_ line: [Double], to count: Int, _ method: AxisTaps.Method) -> [Double] {
        let step = Double(line.count) / Double(count)
        func sample(_ i: Int) -> Double { line[min(max(i, 0), line.count - 1)] }
        return (0..<count).map { i in
            let center = (Double(i) + 0.5) * step
            let base = Int((center - 0.5).rounded(.down))
            let t = center - 0.5 - Double(base)
            switch method {
            case .nearest: return sample(Int(center))
            case .linear: return sample(base) * (1 - t) + sample(base + 1) * t
            case .cubic:
                // Keys' kernel at each distance.
                return (-1...2).map { k in
                    let d = abs(Double(k) - t)
                    let weight =
                        d < 1
                        ? 1.5 * d * d * d - 2.5 * d * d + 1 : d < 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0
                    return sample(base + k) * weight
                }.reduce(0, +)
            case .area:
                // The integral of a step function.
                let (lower, upper) = (Double(i) * step, Double(i + 1) * step)
                return line.indices.map { j in
                    max(0, min(upper, Double(j + 1)) - max(lower, Double(j))) * line[j]
                }.reduce(0, +) / step
            }
        }
    }

    /// Few shares in one pass, many axis by axis, and an axis that stays.
    @Test(arguments: [[9, 7, 6], [12, 5, 3], [2, 10, 1], [1, 1, 1], [6, 5, 4]])
    func bothWaysAreThoseOfEachAxis(counts: [Int]) throws {
        var image = Image<Float>(axes: [.channel, .z, .y, .x], sizes: [1, 8, 10, 12])
        var samples = image.mutableSamples
        for i in 0..<samples.count { samples[i] = NoiseField(key: 11).uniform(at: i) }
        for (down, up) in [(AxisTaps.Method.nearest, AxisTaps.Method.cubic), (.area, .linear), (.linear, .nearest)] {
            let found = try image.coarsened(to: counts, down: down, up: up)
            #expect(found.sizes == image.sizes)
            var wanted = (0..<image.count).map { Double(image.samples[$0]) }
            for (axis, stride) in [1, 12, 120].enumerated() {
                let length = [12, 10, 8][axis]
                for start in wanted.indices where start / stride % length == 0 {
                    let places = (0..<length).map { start + $0 * stride }
                    let line = resized(
                        resized(places.map { wanted[$0] }, to: counts[axis], down), to: length, up)
                    for (place, value) in zip(places, line) { wanted[place] = value }
                }
            }
            for i in wanted.indices { #expect(abs(Double(found.samples[i]) - wanted[i]) < 1e-5) }
        }
    }

    @Test func picturesHaveTwoAxes() throws {
        var step = Downscale()
        step.scale = .fixed(0.1)
        let picture = ChangedSamples.picture()
        let changed = try Pipeline.changed(picture, by: step)
        #expect(changed.sizes == picture.sizes)
        // A tenth of 37 x 26 pixels is 4 x 3 cells: a mean of all that stays near.
        let means = [picture, changed].map { $0.numbers.reduce(0, +) / Double($0.count) }
        #expect(changed != picture && abs(means[0] - means[1]) < 6)
    }
}
