import ImageCore
import ImageProcessing
import Testing

@Suite struct HomographyTests {
    private let square = [Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 80), Point(x: 0, y: 80)]
    private let quad = [Point(x: 7, y: -3), Point(x: 91, y: 12), Point(x: 104, y: 77), Point(x: -5, y: 60)]

    @Test func `four points go to four points, and back`() throws {
        let map = try #require(Homography(from: square, to: quad))
        let back = try #require(map.inverse)
        for (from, to) in zip(square, quad) {
            let place = SIMD3(from.x, from.y, 2)
            #expect(distance(map.applied(to: place), SIMD3(to.x, to.y, 2)) < 1e-9)
            #expect(distance(back.applied(to: map.applied(to: place)), place) < 1e-9)
        }
        // Lines stay lines: the diagonals still cross in the image of the center.
        let middle = map.applied(to: SIMD3(50, 40, 0))
        let (a, c) = (SIMD2(quad[0].x, quad[0].y), SIMD2(quad[2].x, quad[2].y))
        let (u, v) = (c - a, SIMD2(middle.x, middle.y) - a)
        #expect(abs(u.x * v.y - u.y * v.x) < 1e-8)
        let double = back * map
        #expect(distance(double.applied(to: SIMD3(13, 17, 0)), SIMD3(13, 17, 0)) < 1e-9)
    }

    @Test func `points on one line have no map, and what lies behind has no place`() {
        #expect(Homography(from: square, to: Array(repeating: Point(x: 1, y: 1), count: 4)) == nil)
        #expect(Homography(from: square, to: Array(quad.prefix(3))) == nil)
        let map = Homography(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), w: SIMD3(-1, 0, 1))
        #expect(map.applied(to: SIMD3(0.5, 1, 0)) == SIMD3(1, 2, 0))
        #expect(map.applied(to: SIMD3(1, 1, 0)).x.isNaN)
        #expect(map.applied(to: SIMD3(2, 1, 0)).y.isNaN)
    }
}
