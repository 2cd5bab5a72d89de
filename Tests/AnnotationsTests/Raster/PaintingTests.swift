import Annotations
import ImageCore
import Testing

struct PaintingTests {
    private let square = Polygon(Box(minX: 0, minY: 0, maxX: 6, maxY: 6))

    private func rows(_ layers: [ResolvedAnnotations.Layer]) -> [String] {
        let annotations = ResolvedAnnotations(layers: layers, classNames: ["a", "b"], classLabels: [1, 2])
        let mask = Rasterizer(
            annotations, downsampleX: 1, downsampleY: 1, canvas: PixelSize(width: 6, height: 6)
        ).all
        return (0..<6).map { row in mask[row * 6..<row * 6 + 6].map(String.init).joined() }
    }

    @Test func `later layers cover earlier ones and exclusions cut`() {
        let right = Polygon(Box(minX: 3, minY: 0, maxX: 6, maxY: 6))
        let bottom = Polygon(Box(minX: 0, minY: 4, maxX: 6, maxY: 6))
        let painted = rows([
            .init(label: 1, classIndex: 0, polygons: [square]), .init(label: 2, classIndex: 1, polygons: [right]),
            .init(label: 0, classIndex: nil, polygons: [bottom]),
        ])
        #expect(painted == ["111222", "111222", "111222", "111222", "000000", "000000"])
    }

    @Test func `polygons of one region are a union and holes belong to their polygon`() {
        var holed = square
        holed.holes = [[Point(x: 1, y: 1), Point(x: 5, y: 1), Point(x: 5, y: 5), Point(x: 1, y: 5)]]
        let island = Polygon(Box(minX: 2, minY: 2, maxX: 6, maxY: 3))
        let painted = rows([.init(label: 1, classIndex: 0, polygons: [holed, island])])
        #expect(painted == ["111111", "100001", "101111", "100001", "100001", "111111"])
    }

    @Test func `a huge mask with a huge polygon is asked for tile by tile`() {
        let size = 1_000_000
        let corners = (0..<20_000).map { i in
            let radius = i % 2 == 0 ? 480_000.0 : 470_000
            let turn = Double(i) / 20_000 * 2 * .pi
            return Point(x: 500_000 + radius * cosine(turn), y: 500_000 + radius * cosine(turn - .pi / 2))
        }
        let mask = Rasterizer(
            .polygons([Polygon(outer: corners)]), downsampleX: 1, downsampleY: 1,
            canvas: PixelSize(width: size, height: size))
        #expect(mask.constantLabel(in: PixelRect(x: 400_000, y: 300_000, width: 512, height: 512)) == 1)
        #expect(mask.constantLabel(in: PixelRect(x: 0, y: 0, width: 4096, height: 4096)) == 0)
        #expect(mask.list(PixelRect(x: 999_000, y: 500_000, width: 4, height: 4)).allSatisfy { $0 == 0 })
        #expect(mask.list(PixelRect(x: 960_000, y: 500_000, width: 8, height: 8)).allSatisfy { $0 == 1 })
        #expect(mask.constantLabel(in: PixelRect(x: 970_000, y: 499_000, width: 10_000, height: 2048)) == nil)
    }

    /// Taylor's series, so that the test needs no library.
    private func cosine(_ angle: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for k in stride(from: 2.0, through: 60, by: 2) {
            term *= -angle * angle / (k * (k - 1))
            sum += term
        }
        return sum
    }

    @Test func `an ellipse has its area and reaches its box`() {
        let polygon = Polygon(ellipseIn: Box(minX: 10, minY: 20, maxX: 410, maxY: 220))
        let coverage = CoverageMap(.polygons([polygon])).coverage(of: Box(minX: 0, minY: 0, maxX: 500, maxY: 300))
        #expect(abs(coverage[0] * 150_000 - .pi * 200 * 100) < 10)
        #expect(polygon.outer.map(\.x).max() == 410 && polygon.outer.map(\.y).min() == 20)
    }
}
