import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct ThinPlateSplineTests {
    private let points = [(0.0, 0.0), (40, 0), (40, 30), (0, 30), (13, 21), (25, 8)].map { Point(x: $0.0, y: $0.1) }

    @Test func `points go where they are to go`() throws {
        let targets = points.enumerated().map { Point(x: $1.x + Double($0 % 3) - 1, y: $1.y - 2 * Double($0 % 2)) }
        let spline = try ThinPlateSpline(from: points, to: targets)
        for (point, target) in zip(points, targets) {
            let found = spline.applied(to: point)
            #expect(abs(found.x - target.x) < 1e-9 && abs(found.y - target.y) < 1e-9)
        }
        // SciPy 1.17: RBFInterpolator(points, targets, kernel="thin_plate_spline")([[10, 10], [33, 17]]).
        let (a, b) = (spline.applied(to: Point(x: 10, y: 10)), spline.applied(to: Point(x: 33, y: 17)))
        #expect(abs(a.x - 9.947211383) < 1e-6 && abs(a.y - 9.569979362) < 1e-6)
        #expect(abs(b.x - 33.982485688) < 1e-6 && abs(b.y - 15.843411052) < 1e-6)
    }

    @Test func `an affine map is one everywhere`() throws {
        func map(_ p: Point) -> Point { Point(x: 1.1 * p.x - 0.2 * p.y + 3, y: 0.3 * p.x + 0.9 * p.y - 4) }
        let spline = try ThinPlateSpline(from: points, to: points.map(map))
        for place in [Point(x: -7, y: 90), Point(x: 11, y: 3)] {
            let (found, expected) = (spline.applied(to: place), map(place))
            #expect(abs(found.x - expected.x) < 1e-8 && abs(found.y - expected.y) < 1e-8)
        }
    }

    @Test func `points on one line or at one place are errors`() {
        let line = (0..<4).map { Point(x: Double($0), y: 2 * Double($0)) }
        for wrong in [
            line, [points[0], points[0], points[1], points[2]], Array(points[..<2]), [Point(x: .nan, y: 0)] + points,
        ] {
            #expect(throws: ImageError.self) { try ThinPlateSpline(from: wrong, to: wrong) }
        }
    }

    @Test func `a lattice follows the spline`() throws {
        let targets = points.enumerated().map { Point(x: $1.x + Double($0 % 3) - 1, y: $1.y - 2 * Double($0 % 2)) }
        let spline = try ThinPlateSpline(from: points, to: targets)
        let size = SpatialSize(x: 40, y: 30)
        let map = SpatialMap(
            outputSize: size, stages: [.lattice(try DisplacementLattice(sampling: spline, over: size))])
        for (x, y) in [(0.5, 0.5), (17.5, 12.5), (39.5, 29.5), (3.5, 22.5)] {
            let (found, expected) = (map.source(of: SIMD3(x, y, 0.5)), spline.applied(to: Point(x: x, y: y)))
            #expect(abs(found.x - expected.x) < 0.05 && abs(found.y - expected.y) < 0.05)
        }
    }
}
