import Annotations
import ImageCore
import TestSupport
import Testing

/// What must not matter for a mask: how it is divided, where the origin is, and on which side of a border a region lies.
struct InvarianceTests {
    @Test(arguments: Rasterizer.Rule.allCases, [(1.0, 1.0), (3, 3), (0.7, 1.9)])
    func `tiles of any size put together are the whole`(rule: Rasterizer.Rule, step: (Double, Double)) {
        var generator = SeededGenerator(seed: 11)
        let polygons = (0..<6).map { _ in
            Polygon(
                outer: scribble(60, size: 60, grain: 8, using: &generator),
                holes: [scribble(5, size: 50, grain: 8, using: &generator)])
        }
        let canvas = PixelSize(width: 50, height: 40)
        let mask = Rasterizer(
            .polygons(polygons), downsampleX: step.0, downsampleY: step.1, rule: rule, canvas: canvas)
        let whole = mask.all
        for (width, height) in [(7, 5), (50, 1), (1, 40), (16, 16)] {
            var pieced = [UInt16](repeating: 9999, count: whole.count)
            for y in stride(from: 0, to: canvas.height, by: height) {
                for x in stride(from: 0, to: canvas.width, by: width) {
                    paste(mask, PixelRect(x: x, y: y, width: width, height: height), into: &pieced)
                }
            }
            #expect(pieced == whole, "tiles of \(width) x \(height)")
        }
    }

    private func paste(_ mask: Rasterizer, _ rect: PixelRect, into labels: inout [UInt16]) {
        let part = mask.list(rect)
        let constant = mask.constantLabel(in: rect)
        for j in 0..<rect.height where rect.y + j < mask.canvas.height {
            for i in 0..<rect.width where rect.x + i < mask.canvas.width {
                labels[(rect.y + j) * mask.canvas.width + rect.x + i] = part[j * rect.width + i]
                if let constant { #expect(part[j * rect.width + i] == UInt16(constant)) }
            }
        }
    }

    @Test(arguments: Rasterizer.Rule.allCases)
    func `moving regions by whole pixels moves the mask`(rule: Rasterizer.Rule) {
        var generator = SeededGenerator(seed: 5)
        let outer = scribble(50, size: 30, grain: 16, using: &generator)
        let (dx, dy) = (1_234_567, 7_654_321)
        let moved = outer.map { Point(x: $0.x + Double(dx), y: $0.y + Double(dy)) }
        let size = PixelSize(width: 10_000_000, height: 10_000_000)
        let here = Rasterizer(
            .polygons([Polygon(outer: outer)]), downsampleX: 1, downsampleY: 1, rule: rule, canvas: size)
        let there = Rasterizer(
            .polygons([Polygon(outer: moved)]), downsampleX: 1, downsampleY: 1, rule: rule, canvas: size)
        #expect(
            here.list(PixelRect(x: 0, y: 0, width: 34, height: 34))
                == there.list(PixelRect(x: dx, y: dy, width: 34, height: 34)))
    }

    @Test(arguments: [UInt64](1...5))
    func `triangles that divide a square cover each pixel exactly once`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let triangles = triangulation(cuts: 60, size: 32, grain: seed % 2 == 0 ? 2 : 128, using: &generator)
        let canvas = PixelSize(width: 32, height: 32)
        var hits = [Int](repeating: 0, count: 32 * 32)
        for triangle in triangles {
            let mask = Rasterizer(.polygons([Polygon(outer: triangle)]), downsampleX: 1, downsampleY: 1, canvas: canvas)
            for (i, label) in mask.all.enumerated() where label == 1 { hits[i] += 1 }
        }
        #expect(hits.allSatisfy { $0 == 1 })
    }

    /// Cuts triangles from a point inside to their corners, again and again.
    private func triangulation(
        cuts: Int, size: Double, grain: Double, using generator: inout SeededGenerator
    ) -> [[Point]] {
        var triangles = [ring((0, 0), (size, 0), (size, size)), ring((0, 0), (size, size), (0, size))]
        for _ in 0..<cuts {
            let triangle = triangles.remove(at: Int.random(in: 0..<triangles.count, using: &generator))
            var weights = (0..<3).map { _ in Double.random(in: 0.1...1, using: &generator) }
            let sum = weights.reduce(0, +)
            weights = weights.map { $0 / sum }
            var x = zip(weights, triangle).reduce(0) { $0 + $1.0 * $1.1.x }
            var y = zip(weights, triangle).reduce(0) { $0 + $1.0 * $1.1.y }
            (x, y) = ((x * grain).rounded() / grain, (y * grain).rounded() / grain)
            let parts = (0..<3).map { [triangle[$0], triangle[($0 + 1) % 3], Point(x: x, y: y)] }
            // Rounding may put the point outside of a thin triangle; leave that one whole.
            triangles += parts.allSatisfy { area($0) > 0 } ? parts : [triangle]
        }
        return triangles
    }

    private func area(_ t: [Point]) -> Double {
        (t[1].x - t[0].x) * (t[2].y - t[0].y) - (t[2].x - t[0].x) * (t[1].y - t[0].y)
    }

    @Test func `eight bit labels are the sixteen bit ones`() {
        var generator = SeededGenerator(seed: 3)
        let polygons = (0..<4).map { _ in Polygon(outer: scribble(9, size: 20, grain: 10, using: &generator)) }
        let mask = Rasterizer(
            .polygons(polygons), downsampleX: 1, downsampleY: 1, canvas: PixelSize(width: 20, height: 20))
        let rect = PixelRect(x: 3, y: -2, width: 20, height: 15)
        let bytes = Image<UInt8>(axes: [.y, .x], sizes: [15, 20]) { mask.labels(in: rect, into: &$0) }
        let samples = bytes.samples
        #expect(samples.indices.map { UInt16(samples[$0]) } == mask.list(rect))
    }
}
