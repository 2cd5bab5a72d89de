import ImageCore
import ImageProcessing
import Testing

/// Paints polygons by the even-odd rule at pixel centers.
private func painted(_ polygons: [MaskPolygon], width: Int, height: Int) -> Image<Bool> {
    var mask = Image<Bool>(axes: [.y, .x], sizes: [height, width])
    for polygon in polygons {
        for y in 0..<height {
            for x in 0..<width {
                // Crossings of the ray to the left with upright edges.
                var crossings = 0
                for ring in [polygon.outer] + polygon.holes {
                    for i in ring.indices {
                        let (a, b) = (ring[i], ring[(i + 1) % ring.count])
                        if a.x == b.x && a.x <= x && min(a.y, b.y) <= y && y < max(a.y, b.y) { crossings += 1 }
                    }
                }
                if crossings % 2 == 1 {
                    #expect(!mask[y, x], "polygons do not overlap")
                    mask[y, x] = true
                }
            }
        }
    }
    return mask
}

/// Twice the signed area, positive when clockwise on the screen.
private func area(_ ring: [PixelCorner]) -> Int {
    ring.indices.reduce(0) { sum, i in
        let (a, b) = (ring[i], ring[(i + 1) % ring.count])
        return sum + a.x * b.y - b.x * a.y
    }
}

@Suite struct BoundariesTests {
    @Test(arguments: 0..<12)
    func `painting the outlines gives the mask back`(seed: Int) throws {
        let density = 0.15 + 0.07 * Double(seed)
        let mask = Image<Bool>.random(width: 14, height: 11, density: density, seed: UInt64(seed))
        let polygons = try boundaries(of: mask)
        #expect(painted(polygons, width: 14, height: 11).drawing == mask.drawing)
        #expect(polygons.count == (try Components(of: mask, connectivity: .four).components.count))
        for polygon in polygons {
            #expect(area(polygon.outer) > 0)
            #expect(polygon.holes.allSatisfy { area($0) < 0 })
            for ring in [polygon.outer] + polygon.holes {
                for i in ring.indices {
                    let (a, b, c) = (ring[i], ring[(i + 1) % ring.count], ring[(i + 2) % ring.count])
                    // Every edge is upright or level, has a length, and the next one turns.
                    #expect((a.x == b.x) != (a.y == b.y))
                    #expect((a.x == b.x) != (b.x == c.x))
                }
            }
        }
    }

    @Test func `blobs come back`() throws {
        #expect(painted(try boundaries(of: blobs), width: 32, height: 20).drawing == blobs.drawing)
    }

    @Test func `pixels that touch at a corner are apart, holes that do are one ring`() throws {
        let apart = try boundaries(of: Image<Bool>(drawing: "#.\n.#"))
        #expect(apart.count == 2)
        let square = [(0, 0), (1, 0), (1, 1), (0, 1)].map { PixelCorner(x: $0.0, y: $0.1) }
        #expect(apart[0] == MaskPolygon(outer: square, holes: []))
        let holes = try boundaries(of: Image<Bool>(drawing: "####\n#.##\n##.#\n####"))
        #expect(holes.count == 1 && holes[0].holes.count == 1 && holes[0].holes[0].count == 8)
        #expect(holes[0].outer == [(0, 0), (4, 0), (4, 4), (0, 4)].map { PixelCorner(x: $0.0, y: $0.1) })
    }

    @Test func `an island in a hole is a polygon of its own`() throws {
        let polygons = try boundaries(of: Image<Bool>(drawing: "#####\n#...#\n#.#.#\n#...#\n#####"))
        #expect(polygons.map(\.holes.count) == [1, 0])
        #expect(try boundaries(of: Image<Bool>(axes: [.y, .x], sizes: [4, 0])).isEmpty)
    }
}
