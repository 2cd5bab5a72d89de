import Annotations
import ImageCore
import TestSupport
import Testing

/// The rasterizer against slow functions that look at one pixel at a time.
struct OracleTests {
    @Test(arguments: [UInt64](1...12))
    func `center rule agrees with a ray to the right from each center`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let grain = [2.0, 4, 100][Int(seed) % 3]
        let (stepX, stepY) = [(1.0, 1.0), (2, 2), (1.75, 2.25)][Int(seed / 3) % 3]
        let polygon = Polygon(
            outer: scribble(40, size: 48, grain: grain, using: &generator),
            holes: [scribble(7, size: 48, grain: grain, using: &generator)])
        let canvas = PixelSize(width: 30, height: 26)
        let mask = Rasterizer(.polygons([polygon]), downsampleX: stepX, downsampleY: stepY, canvas: canvas).all
        for j in 0..<canvas.height {
            for i in 0..<canvas.width {
                let (x, y) = ((Double(i) + 0.5) * stepX, (Double(j) + 0.5) * stepY)
                let isInside =
                    ([polygon.outer] + polygon.holes).reduce(0) { $0 + crossings(rightOf: x, y, $1) } % 2 == 1
                #expect((mask[j * canvas.width + i] == 1) == isInside, "pixel \(i), \(j)")
            }
        }
    }

    /// Sides strictly right of a point, upper end in, lower end out; exact for the numbers of these tests.
    ///
    /// Franklin's `pnpoly` without its division.
    private func crossings(rightOf x: Double, _ y: Double, _ ring: [Point]) -> Int {
        ring.indices.count { i in
            let (a, b) = (ring[i], ring[(i + 1) % ring.count])
            guard (a.y > y) != (b.y > y) else { return false }
            let isLeft = (x - a.x) * (b.y - a.y) < (b.x - a.x) * (y - a.y)
            let isRight = (x - a.x) * (b.y - a.y) > (b.x - a.x) * (y - a.y)
            return b.y > a.y ? isLeft : isRight
        }
    }

    @Test(arguments: [UInt64](1...8))
    func `asap rule agrees with Sunday's winding number and a strict box`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let outer = scribble(30, size: 24, grain: seed % 2 == 0 ? 1 : 64, using: &generator)
        let canvas = PixelSize(width: 26, height: 26)
        let mask = Rasterizer(
            .polygons([Polygon(outer: outer)]), downsampleX: 1, downsampleY: 1, rule: .asap, canvas: canvas
        ).all
        let (xs, ys) = (outer.map(\.x), outer.map(\.y))
        for j in 0..<canvas.height {
            for i in 0..<canvas.width {
                let (x, y) = (Double(i), Double(j))
                let isInBox =
                    xs.contains { $0 < x } && xs.contains { $0 > x } && ys.contains { $0 < y } && ys.contains { $0 > y }
                let isInside = isInBox && winding(x, y, outer) != 0
                #expect((mask[j * canvas.width + i] == 1) == isInside, "pixel \(i), \(j)")
            }
        }
    }

    /// The winding number by Sunday's algorithm, which ASAP uses.
    private func winding(_ x: Double, _ y: Double, _ ring: [Point]) -> Int {
        ring.indices.reduce(0) { sum, i in
            let (a, b) = (ring[i], ring[(i + 1) % ring.count])
            let isLeft = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)
            if a.y <= y { return b.y > y && isLeft > 0 ? sum + 1 : sum }
            return b.y <= y && isLeft < 0 ? sum - 1 : sum
        }
    }

    @Test(arguments: [UInt64](1...6))
    func `touched holds the pixels by center and those whose square a side enters`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let outer = scribble(12, size: 20, grain: [2, 4, 37][Int(seed) % 3], using: &generator)
        let canvas = PixelSize(width: 22, height: 22)
        let polygons = ResolvedAnnotations.polygons([Polygon(outer: outer)])
        let touched = Rasterizer(polygons, downsampleX: 1, downsampleY: 1, rule: .touched, canvas: canvas).all
        let center = Rasterizer(polygons, downsampleX: 1, downsampleY: 1, canvas: canvas).all
        for j in 0..<canvas.height {
            for i in 0..<canvas.width {
                let isEntered = outer.indices.contains { k in
                    enters(outer[k], outer[(k + 1) % outer.count], Double(i), Double(j))
                }
                let pixel = j * canvas.width + i
                #expect((touched[pixel] == 1) == (isEntered || center[pixel] == 1), "pixel \(i), \(j)")
            }
        }
    }

    /// Whether a segment passes through the open unit square at (x, y): Liang and Barsky's clipping.
    private func enters(_ a: Point, _ b: Point, _ x: Double, _ y: Double) -> Bool {
        var (low, high) = (0.0, 1.0)
        for (start, delta, edge) in [(a.x, b.x - a.x, x), (a.y, b.y - a.y, y)] {
            if delta == 0 {
                guard start > edge && start < edge + 1 else { return false }
            } else {
                let ends = [(edge - start) / delta, (edge + 1 - start) / delta].sorted()
                (low, high) = (max(low, ends[0]), min(high, ends[1]))
            }
        }
        // Entering through a corner alone gives a length of rounding errors.
        return high - low > 1e-12
    }
}
