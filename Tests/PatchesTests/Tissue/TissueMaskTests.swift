import Annotations
import ImageCore
import Patches
import TestSupport
import Testing

@Suite struct TissueMaskTests {
    @Test func `the fraction of any rectangle is the mean of the mask over it`() {
        var random = SeededGenerator(seed: 3)
        let mask = Image<Bool>(axes: [.y, .x], sizes: [9, 13]) { samples in
            for i in 0..<samples.count { samples[i] = Bool.random(using: &random) }
        }
        let tissue = TissueMask(mask: mask, slideSize: PixelSize(width: 13 * 7, height: 9 * 5))
        for _ in 0..<300 {
            let area = PixelRect(
                x: .random(in: -5...80, using: &random), y: .random(in: -5...40, using: &random),
                width: .random(in: 1...40, using: &random), height: .random(in: 1...40, using: &random))
            var inside = 0
            for y in area.y..<area.maxY {
                for x in area.x..<area.maxX where x >= 0 && y >= 0 && x < 91 && y < 45 && mask[y / 5, x / 7] {
                    inside += 1
                }
            }
            #expect(abs(tissue.fraction(of: area) - Double(inside) / Double(area.area)) < 1e-9)
        }
    }

    @Test func `the outlines paint the mask back`() {
        var random = SeededGenerator(seed: 5)
        let mask = Image<Bool>(axes: [.y, .x], sizes: [12, 10]) { samples in
            for i in 0..<samples.count { samples[i] = Bool.random(using: &random) }
        }
        let tissue = TissueMask(mask: mask, slideSize: PixelSize(width: 30, height: 24))
        let rings: [[Point]] = tissue.regions.flatMap(\.shape.polygons).flatMap { [$0.outer] + $0.holes }
        for y in 0..<24 {
            for x in 0..<30 {
                let (centerX, centerY) = (Double(x) + 0.5, Double(y) + 0.5)
                var crossings = 0
                for ring in rings { crossings += self.crossings(of: ring, x: centerX, y: centerY) }
                #expect((crossings % 2 == 1) == mask[y / 2, x / 3])
            }
        }
    }

    /// How often a ray to the right meets a ring.
    private func crossings(of ring: [Point], x: Double, y: Double) -> Int {
        var count = 0
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) where (a.y <= y) != (b.y <= y) {
            let meeting = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
            if meeting > x { count += 1 }
        }
        return count
    }
}
