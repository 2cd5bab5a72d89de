import Annotations
import ImageCore
import TestSupport
import Testing

struct CoverageTests {
    private static let first = Polygon(
        outer: ring(
            (82.6, 51.08), (55.25, 83.43), (48.63, 94.87), (42.93, 89.18), (38.98, 83.8), (35.37, 92.26),
            (26.11, 58.59), (26.48, 54.8), (25.04, 25.01), (53.39, 29.18), (56.09, 30.02), (64.23, 20.37),
            (72.18, 27.41), (84.28, 24.16)),
        holes: [
            ring(
                (54.39, 52.47), (50.69, 59.1), (48.08, 57.03), (37.19, 52.21), (41.94, 51.46), (43.27, 47.01),
                (44.02, 41.57))
        ])
    private static let second = Polygon(
        outer: ring(
            (89.39, 47.57), (86.66, 50.79), (58.9, 53.21), (42.79, 38.67), (49.35, 38.73), (41.31, 32.41),
            (50.55, 26.2), (54.62, 21.48), (68.73, 15.46), (84.41, 19.39), (81.92, 27.52)))
    private static let third = [
        Polygon(
            outer: ring(
                (42.01, 38.35), (32.03, 39.09), (31.08, 46.42), (24.56, 46.58), (16.06, 39.8), (17.25, 35.02),
                (25.54, 21.66), (36.98, 22.94), (46.93, 26.53))),
        Polygon(
            outer: ring(
                (87.66, 85.71), (85.86, 92.98), (78.06, 86.83), (76.2, 85.51), (76.88, 77.23), (74.12, 74.91),
                (81.09, 75.18), (91.7, 74.02))),
    ]
    private static let exclusion = Polygon(
        outer: ring(
            (71.26, 57.17), (66.34, 61.17), (54.34, 63.43), (49.09, 60.28), (46.87, 53.03), (53.92, 51.13),
            (52.62, 43.73), (64.21, 50.67), (71.77, 52.54)))

    private static let annotations = ResolvedAnnotations(
        layers: [
            .init(label: 1, classIndex: 0, polygons: [first]), .init(label: 2, classIndex: 1, polygons: [second]),
            .init(label: 3, classIndex: 2, polygons: third), .init(label: 0, classIndex: nil, polygons: [exclusion]),
        ], classNames: ["first", "second", "third"], classLabels: [1, 2, 3])

    /// Shares by Shapely 2 (GEOS): differences, intersections and their areas.
    @Test(arguments: [
        ([0.0, 0, 100, 100], [0.136640083382038, 0.116304756965619, 0.066132365]),
        ([32, 32, 64, 64], [0.375670817620365, 0.25721098640699, 0.073900160635791]),
        ([16, 16, 48, 48], [0.141658454761652, 0.0362104056141092, 0.46509853515625]),
        ([64, 32, 96, 64], [0.0961363982545324, 0.432621596873943, 0]),
        ([40, 40, 44, 44], [0.977506374923407, 0, 0]), ([60, 50, 61, 51], [0, 0, 0]),
        ([30.5, 20.25, 77.75, 61.125], [0.205866349471755, 0.444522266513677, 0.114510967244477]),
        ([0, 0, 10, 10], [0, 0, 0]), ([80, 70, 96, 86], [0, 0, 0.421777346487047]),
    ])
    func `shares agree with Shapely`(edges: [Double], expected: [Double]) {
        let box = Box(minX: edges[0], minY: edges[1], maxX: edges[2], maxY: edges[3])
        let shares = CoverageMap(Self.annotations).coverage(of: box)
        for (share, expected) in zip(shares, expected) { #expect(abs(share - expected) < 1e-9) }
    }

    @Test(arguments: [UInt64](1...6))
    func `shares of the quarters add up, and the sum of all classes is at most 1`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let polygons = (0..<8).map { _ in
            Polygon(
                outer: scribble(12, size: 60, grain: 4, using: &generator),
                holes: [scribble(4, size: 60, grain: 4, using: &generator)])
        }
        let map = CoverageMap(.polygons(polygons))
        for box in [Box(minX: 0, minY: 0, maxX: 64, maxY: 64), Box(minX: 17, minY: 20, maxX: 33, maxY: 36)] {
            let whole = map.coverage(of: box)
            #expect(whole.reduce(0, +) <= 1 + 1e-9)
            let parts = quarters(of: box).map(map.coverage(of:))
            for i in whole.indices {
                #expect(abs(whole[i] - parts.reduce(0) { $0 + $1[i] } / 4) < 1e-9)
            }
        }
    }

    private func quarters(of box: Box) -> [Box] {
        let (x, y) = ((box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2)
        return [
            Box(minX: box.minX, minY: box.minY, maxX: x, maxY: y),
            Box(minX: x, minY: box.minY, maxX: box.maxX, maxY: y),
            Box(minX: box.minX, minY: y, maxX: x, maxY: box.maxY),
            Box(minX: x, minY: y, maxX: box.maxX, maxY: box.maxY),
        ]
    }

    @Test(arguments: [UInt64](1...4))
    func `shares agree with a fine mask`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let polygons = (0..<4).map { _ in Polygon(outer: scribble(8, size: 16, grain: 8, using: &generator)) }
        let annotations = ResolvedAnnotations.polygons(polygons)
        let fine = Rasterizer(
            annotations, downsampleX: 1.0 / 16, downsampleY: 1.0 / 16, canvas: PixelSize(width: 256, height: 256)
        ).list(PixelRect(x: 64, y: 48, width: 128, height: 128))
        let shares = CoverageMap(annotations).coverage(of: PixelRect(x: 4, y: 3, width: 8, height: 8))
        for (i, share) in shares.enumerated() {
            let counted = Double(fine.count { $0 == UInt16(i + 1) }) / Double(fine.count)
            #expect(abs(share - counted) < 0.01)
        }
    }

    @Test func `a box without any side near is all or nothing`() {
        let map = CoverageMap(.polygons([Polygon(Box(minX: 0, minY: 0, maxX: 1000, maxY: 1000))]))
        #expect(map.coverage(of: PixelRect(x: 100, y: 100, width: 64, height: 64)) == [1])
        #expect(map.coverage(of: PixelRect(x: 2000, y: 100, width: 64, height: 64)) == [0])
        #expect(map.coverage(of: PixelRect(x: 960, y: 0, width: 80, height: 10)) == [0.5])
        #expect(map.coverage(of: PixelRect(x: 0, y: 0, width: 0, height: 10)) == [0])
        #expect(map.classIndex(at: Point(x: 3, y: 3)) == 0 && map.classIndex(at: Point(x: 1000, y: 3)) == nil)
    }
}
