import ImageCore
import Testing

@testable import Annotations

/// Pixel counts of small shapes under each rule, as measured for ASAP, GDAL and Java2D (center rule).
struct RuleCountTests {
    static let integerSquare = [(2.0, 2.0), (5, 2), (5, 5), (2, 5)]
    static let halfSquare = [(2.5, 2.5), (5.5, 2.5), (5.5, 5.5), (2.5, 5.5)]
    static let triangle = [(1.0, 1.0), (8, 1), (1, 8)]
    static let sliver = [(2.3, 1.0), (2.7, 1), (2.7, 7), (2.3, 7)]

    @Test(arguments: [
        (integerSquare, 9, 9, 4), (halfSquare, 9, 16, 9), (triangle, 21, 28, 15), (sliver, 6, 6, 0),
    ])
    func `counts of small shapes`(corners: [(Double, Double)], center: Int, touched: Int, asap: Int) {
        let ring = corners.map { Point(x: $0.0, y: $0.1) }
        #expect(count(ring, .touched) == touched)
        #expect(count(ring, .asap) == asap)
        // The sliver has no center: 2.3 to 2.7 holds 2.5.
        #expect(count(ring, .center) == center)
    }

    private func count(_ ring: [Point], _ rule: Rasterizer.Rule) -> Int {
        let mask = Rasterizer(
            .polygons([Polygon(outer: ring)]), downsampleX: 1, downsampleY: 1, rule: rule,
            canvas: PixelSize(width: 12, height: 12))
        let labels = mask.labels(in: PixelRect(x: 0, y: 0, width: 12, height: 12))
        let samples = labels.samples
        return (0..<samples.count).count { samples[$0] == 1 }
    }
}

extension ResolvedAnnotations {
    /// Polygons of one class each, labels from 1, painted in order.
    static func polygons(_ polygons: [Polygon]) -> ResolvedAnnotations {
        ResolvedAnnotations(
            layers: polygons.enumerated().map { Layer(label: $0 + 1, classIndex: $0, polygons: [$1]) },
            classNames: polygons.indices.map { "class \($0 + 1)" }, classLabels: polygons.indices.map { $0 + 1 })
    }
}
