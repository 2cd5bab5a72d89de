import Foundation
import ImageCore
import ImageProcessing
import TestSupport
import Testing

extension DisplacementLattice {
    /// A lattice of random displacements of up to a number of pixels, over an extent.
    static func random(
        covering size: SpatialSize, counts: SpatialSize, reach: Float, seed: UInt64
    ) throws -> DisplacementLattice {
        var generator = SeededGenerator(seed: seed)
        let flat = size.z == 1
        return try DisplacementLattice(
            covering: size, counts: counts,
            displacements: (0..<counts.x * counts.y * counts.z).map { _ in
                SIMD3(
                    .random(in: -reach...reach, using: &generator), .random(in: -reach...reach, using: &generator),
                    flat ? 0 : .random(in: -reach...reach, using: &generator))
            })
    }
}

@Suite struct DisplacementLatticeTests {
    private let size = SpatialSize(x: 50, y: 40, z: 30)

    @Test func `linear meets the points and is linear between them`() throws {
        let lattice = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: 6, y: 5, z: 4), reach: 3, seed: 1)
        let index = (2 * 5 + 3) * 6 + 4
        let place = lattice.origin + lattice.spacing * SIMD3(4, 3, 2)
        #expect(distance(lattice.linearDisplacement(at: place), SIMD3<Double>(lattice.displacements[index])) < 1e-6)
        let next = SIMD3<Double>(lattice.displacements[index + 1])
        let between = lattice.linearDisplacement(at: place + SIMD3(lattice.spacing.x / 4, 0, 0))
        let expected = SIMD3<Double>(lattice.displacements[index]) * 0.75 + next * 0.25
        #expect(distance(between, expected) < 1e-6)
    }

    @Test func `both kinds keep what is constant, and a spline keeps what is linear`() throws {
        let counts = SpatialSize(x: 7, y: 6, z: 1)
        let constant = try DisplacementLattice(
            covering: SpatialSize(x: 60, y: 50), counts: counts,
            displacements: Array(repeating: SIMD3(1, -2, 0.5), count: 42))
        for place in [SIMD3(30.0, 20, 0.5), SIMD3(-100, 3, 9), SIMD3(59.9, 1e9, 0)] {
            #expect(distance(constant.cubicDisplacement(at: place), SIMD3(1, -2, 0.5)) < 1e-12)
            #expect(distance(constant.linearDisplacement(at: place), SIMD3(1, -2, 0.5)) < 1e-12)
        }
        let slope = try DisplacementLattice(
            covering: SpatialSize(x: 60, y: 50), counts: counts,
            displacements: (0..<42).map { SIMD3(Float($0 % 7) * 10, Float($0 / 7) * 10, 0) })
        let inner = slope.cubicDisplacement(at: SIMD3(27, 18, 0.5))
        #expect(distance(inner, SIMD3(27, 18, 0)) < 1e-9)
    }

    @Test func `beyond the border the displacement is that of the border`() throws {
        let lattice = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: 4, y: 4, z: 4), reach: 3, seed: 2)
        let corner = SIMD3<Double>(lattice.displacements[0])
        #expect(distance(lattice.linearDisplacement(at: SIMD3(-5, -1, -1e6)), corner) < 1e-6)
        #expect(distance(lattice.cubicDisplacement(at: SIMD3(-500, -100, -1e6)), corner) < 1e-6)
        #expect(lattice.cubicDisplacement(at: SIMD3(.nan, 0, 0)).x.isNaN)
    }

    @Test func `a lattice that is not whole is refused`() {
        let one = SpatialSize(x: 1, y: 1)
        func refused(_ counts: SpatialSize, _ spacing: SIMD3<Double>, _ values: [SIMD3<Float>]) -> Bool {
            (try? DisplacementLattice(counts: counts, origin: .zero, spacing: spacing, displacements: values)) == nil
        }
        #expect(!refused(one, .one, [.zero]))
        #expect(refused(one, .one, []))
        #expect(refused(SpatialSize(x: 0, y: 1), .one, []))
        #expect(refused(one, SIMD3(1, 0, 1), [.zero]))
        #expect(refused(one, SIMD3(1, .nan, 1), [.zero]))
        #expect(refused(one, .one, [SIMD3(.infinity, 0, 0)]))
        #expect(refused(SpatialSize(x: .max, y: .max, z: 2), .one, [.zero]))
        let json = #"{"counts":{"x":2,"y":1,"z":1},"origin":[0,0,0],"spacing":[1,1,1],"displacements":[[0,0,0]]}"#
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(DisplacementLattice.self, from: Data(json.utf8))
        }
    }
}
