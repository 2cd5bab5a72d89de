import Foundation
import ImageCore
import ImageProcessing
import TestSupport
import Testing

@Suite struct SpatialMapTests {
    private let size = SpatialSize(x: 64, y: 48, z: 40)

    /// A map with a stage of every kind.
    private func everything() throws -> SpatialMap {
        let corners = [Point(x: 0, y: 0), Point(x: 64, y: 0), Point(x: 64, y: 48), Point(x: 0, y: 48)]
        let moved = [Point(x: 2, y: 1), Point(x: 62, y: 3), Point(x: 60, y: 47), Point(x: -1, y: 50)]
        let counts = SpatialSize(x: 6, y: 5, z: 5)
        return SpatialMap(
            outputSize: size,
            stages: [
                .bSpline(try .random(covering: size, counts: counts, reach: 2, seed: 5)),
                .affine(.rotation(degrees: SIMD3(10, -20, 30), about: size.center)),
                .perspective(try #require(Homography(from: corners, to: moved))),
                .radial(RadialDistortion(center: SIMD2(32, 24), focalLength: SIMD2(64, 48), k1: 0.1, k2: -0.05)),
                .lattice(try .random(covering: size, counts: counts, reach: 1.5, seed: 6)),
            ])
    }

    private func randomPoints(_ count: Int) -> [SIMD3<Double>] {
        var generator = SeededGenerator(seed: 9)
        return (0..<count).map { _ in
            SIMD3(
                .random(in: 0..<64, using: &generator), .random(in: 0..<48, using: &generator),
                .random(in: 0..<40, using: &generator))
        }
    }

    @Test func `the target of a source is the point itself, for every kind of stage`() throws {
        let whole = try everything()
        for stage in whole.stages {
            let map = SpatialMap(outputSize: size, stages: [stage])
            for point in randomPoints(50) {
                let back = try #require(map.target(of: map.source(of: point)))
                #expect(distance(back, point) < 1e-6, "\(stage)")
            }
        }
        for point in randomPoints(100) {
            let back = try #require(whole.target(of: whole.source(of: point)))
            #expect(distance(back, point) < 1e-5)
        }
    }

    @Test func `an inverse map goes the way back`() throws {
        let map = try everything()
        let inverse = try map.inverse(outputSize: size)
        for point in randomPoints(40) {
            #expect(distance(inverse.source(of: map.source(of: point)), point) < 1e-5)
        }
        let twice = try inverse.inverse(outputSize: size)
        for point in randomPoints(40) {
            #expect(distance(twice.source(of: point), map.source(of: point)) < 1e-9)
        }
        let flat = SpatialMap(outputSize: size, pulling: .scale(SIMD3(1, 0, 1)))
        #expect(throws: ImageError.self) { try flat.inverse(outputSize: size) }
    }

    @Test func `a composed map is one after the other, and affine maps become one`() throws {
        let bend = SpatialMap(outputSize: size, stages: Array(try everything().stages.prefix(1)))
        let turn = try SpatialMap(outputSize: size, pushing: .rotation(degrees: 12, about: size.center))
        let crop = SpatialMap(outputSize: SpatialSize(x: 8, y: 9, z: 10), pulling: .translation(SIMD3(3, 4, 5)))
        let all = turn.composed(with: bend).composed(with: crop)
        #expect(all.outputSize == crop.outputSize)
        #expect(all.stages.count == 3)
        for point in randomPoints(20) {
            #expect(distance(all.source(of: point), turn.source(of: bend.source(of: crop.source(of: point)))) < 1e-12)
        }
        let back = try SpatialMap(outputSize: size, pushing: .translation(SIMD3(3, 4, 5)))
        #expect(bend.composed(with: crop).composed(with: back).stages == bend.stages)
        #expect(turn.composed(with: crop).affine != nil)
        #expect(all.affine == nil)
        #expect(SpatialMap(outputSize: size).affine == .identity)
    }

    @Test func `displacements of a composed map add up`() throws {
        let steps = [SIMD3(1.5, 0, -2), SIMD3(0.25, -3, 1), SIMD3(-4, 0.5, 0)]
        let constant = try steps.map { step in
            SpatialMap(
                outputSize: size,
                stages: [
                    .bSpline(
                        try DisplacementLattice(
                            covering: size, counts: SpatialSize(x: 4, y: 4, z: 4),
                            displacements: Array(repeating: SIMD3<Float>(step), count: 64)))
                ])
        }
        let all = constant[0].composed(with: constant[1]).composed(with: constant[2])
        for point in randomPoints(10) {
            #expect(distance(all.source(of: point), point + steps[0] + steps[1] + steps[2]) < 1e-9)
        }
    }

    @Test func `pushing says where content goes`() throws {
        let map = try SpatialMap(outputSize: size, pushing: .translation(SIMD3(10, 0, 0)))
        #expect(map.source(of: SIMD3(12, 3, 4)) == SIMD3(2, 3, 4))
        #expect(map.target(of: SIMD3(2, 3, 4)) == SIMD3(12, 3, 4))
        #expect(throws: ImageError.self) { try SpatialMap(outputSize: size, pushing: .scale(.zero)) }
    }

    @Test func `a fold has no one target, and a point that goes nowhere none at all`() throws {
        let mirror = RadialDistortion(center: SIMD2(0, 0), focalLength: SIMD2(1, 1), k1: -1)
        let map = SpatialMap(outputSize: size, stages: [.radial(mirror)])
        // The largest image of the inner branch is 2/(3·√3): what lies farther has its origin on the other side, beyond 1.
        if let found = map.target(of: SIMD3(0.5, 0, 0)) {
            #expect(distance(map.source(of: found), SIMD3(0.5, 0, 0)) < 1e-6)
        }
        let behind = Homography(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), w: SIMD3(-1, 0, 1))
        let view = SpatialMap(outputSize: size, stages: [.perspective(behind)])
        #expect(view.source(of: SIMD3(2, 0, 0)).x.isNaN)
    }

    @Test func `a map survives JSON`() throws {
        var map = try everything()
        map = map.composed(with: try map.inverse(outputSize: SpatialSize(x: 3, y: 2)))
        let data = try JSONEncoder().encode(map)
        #expect(try JSONDecoder().decode(SpatialMap.self, from: data) == map)
        let unknown = Data(#"{"outputSize":{"x":1,"y":1,"z":1},"stages":[{"twist":1}]}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SpatialMap.self, from: unknown) }
        for mode in [BorderMode.constant(3), .replicate, .reflect, .reflect101, .wrap] {
            let data = try JSONEncoder().encode(mode)
            #expect(try JSONDecoder().decode(BorderMode.self, from: data) == mode)
        }
    }
}
