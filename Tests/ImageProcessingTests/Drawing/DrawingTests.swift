import ImageCore
import ImageProcessing
import Testing

private func canvas(_ width: Int, _ height: Int) -> Image<UInt8> {
    Image(axes: [.y, .x, .channel], sizes: [height, width, 3], repeating: 0, color: .rgb)
}

private func drawing(_ image: Image<UInt8>) -> String {
    (0..<image.height).map { y in
        String((0..<image.width).map { x in image[y, x, 0] > 0 ? "#" as Character : "." })
    }.joined(separator: "\n")
}

@Suite struct DrawingTests {
    private let white = RGBColor(hex: 0xFFFFFF)

    @Test func `a pixel is painted when its center is near enough to the line`() throws {
        let points = [Point(x: 2.2, y: 3.1), Point(x: 11.7, y: 8.4), Point(x: 13.3, y: -3)]
        for thickness in [1, 2.5, 4] {
            var image = canvas(16, 12)
            try image.drawPolyline(points, color: white, thickness: thickness)
            for y in 0..<12 {
                for x in 0..<16 {
                    let center = Point(x: Double(x) + 0.5, y: Double(y) + 0.5)
                    let distance = min(
                        distance(center, points[0], points[1]), distance(center, points[1], points[2]))
                    guard abs(distance - thickness / 2) > 1e-9 else { continue }
                    #expect((image[y, x, 0] > 0) == (distance < thickness / 2))
                }
            }
        }
    }

    @Test func `what lies outside is clipped`() throws {
        var image = canvas(4, 3)
        try image.drawPolyline([Point(x: -1e9, y: 1.5), Point(x: 1e9, y: 1.5)], color: white)
        try image.drawPolyline([Point(x: .nan, y: 1), Point(x: 2, y: .infinity)], color: white, thickness: 9)
        #expect(drawing(image) == "....\n####\n....")
    }

    @Test func `a rectangle's frame lies inside the rectangle`() throws {
        var image = canvas(7, 5)
        try image.drawRectangleOutline(PixelRect(x: 1, y: 1, width: 5, height: 3), color: white)
        #expect(drawing(image) == ".......\n.#####.\n.#...#.\n.#####.\n.......")
        var clipped = canvas(4, 4)
        try clipped.drawRectangleOutline(PixelRect(x: -2, y: -2, width: 5, height: 5), color: white, thickness: 1)
        #expect(drawing(clipped) == "..#.\n..#.\n###.\n....")
        var thick = canvas(5, 5)
        try thick.drawRectangleOutline(PixelRect(x: 0, y: 0, width: 5, height: 5), color: white, thickness: 2)
        #expect(drawing(thick) == "#####\n#####\n##.##\n#####\n#####")
    }

    @Test func `a polygon's outline is closed`() throws {
        var image = canvas(5, 5)
        let ring = [Point(x: 0.5, y: 0.5), Point(x: 4.5, y: 0.5), Point(x: 4.5, y: 4.5), Point(x: 0.5, y: 4.5)]
        try image.drawPolygonOutline(ring, color: RGBColor(red: 9, green: 8, blue: 7))
        #expect(drawing(image) == "#####\n#...#\n#...#\n#...#\n#####")
        #expect(image[4, 0, 0] == 9 && image[4, 0, 1] == 8 && image[4, 0, 2] == 7)
    }

    @Test func `blending mixes where the mask holds`() throws {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [1, 2, 3], repeating: 100, color: .rgb)
        try image.blend(Image<Bool>(drawing: "#."), color: RGBColor(red: 255, green: 0, blue: 101), alpha: 0.5)
        #expect(image.values == [178, 50, 101, 100, 100, 100])
        try image.blend(Image<Bool>(drawing: "##"), color: RGBColor(red: 1, green: 2, blue: 3), alpha: .nan)
        #expect(image.values == [178, 50, 101, 100, 100, 100])
        #expect(throws: ImageError.self) { try image.blend(Image<Bool>(drawing: "#"), color: white, alpha: 1) }
    }
}

private func distance(_ p: Point, _ a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let t = min(max(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0), 1)
    let (x, y) = (p.x - a.x - t * dx, p.y - a.y - t * dy)
    return (x * x + y * y).squareRoot()
}
