import Annotations
import ImageCore
import Testing

/// Pixel counts of small shapes, as ASAP's own code and GDAL or Java2D (center rule) give them.
struct RuleCountTests {
    static let integerSquare = ring((2, 2), (5, 2), (5, 5), (2, 5))
    static let halfSquare = ring((2.5, 2.5), (5.5, 2.5), (5.5, 5.5), (2.5, 5.5))
    static let triangle = ring((1, 1), (8, 1), (1, 8))
    static let sliver = ring((2.3, 1), (2.7, 1), (2.7, 7), (2.3, 7))
    static let pentagram = ring((6, 11), (3.1, 2), (10.8, 7.5), (1.2, 7.5), (8.9, 2))

    @Test(arguments: [
        (integerSquare, 9, 4), (halfSquare, 9, 9), (triangle, 21, 15), (sliver, 6, 0), (pentagram, 14, 26),
    ])
    func `counts of small shapes by center and as ASAP`(corners: [Point], center: Int, asap: Int) {
        #expect(count(corners, .center) == center)
        #expect(count(corners.reversed(), .center) == center)
        #expect(count(corners, .asap) == asap)
    }

    @Test(arguments: [(integerSquare, 9), (halfSquare, 16), (triangle, 28), (sliver, 6)])
    func `touched counts pixels that share area, not those that share a border`(corners: [Point], touched: Int) {
        #expect(count(corners, .touched) == touched)
    }

    private func count(_ ring: [Point], _ rule: Rasterizer.Rule) -> Int {
        let mask = Rasterizer(
            .polygons([Polygon(outer: ring)]), downsampleX: 1, downsampleY: 1, rule: rule,
            canvas: PixelSize(width: 12, height: 12))
        return mask.all.count { $0 == 1 }
    }
}
