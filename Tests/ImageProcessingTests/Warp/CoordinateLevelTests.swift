import ImageCore
import ImageProcessing
import Testing

/// The places that every level finds, seen through ramps: what is sampled is the place itself.
@Suite struct CoordinateLevelTests {
    /// A result wider than the rows that are worked on at once, and one in space.
    private static let sizes = [SpatialSize(x: 1100, y: 9), SpatialSize(x: 70, y: 12, z: 9)]
    private static let counts = [2, 4, 7, 33]

    private func ramp(_ axis: Int, _ size: SpatialSize) -> AnyImage {
        let isFlat = size.z == 1
        return .float32(
            Image(
                axes: isFlat ? [.y, .x] : [.z, .y, .x], sizes: isFlat ? [size.y, size.x] : [size.z, size.y, size.x]
            ) {
                for i in 0..<$0.count {
                    $0[i] = Float([i % size.x, i / size.x % size.y, i / (size.x * size.y)][axis]) + 0.5
                }
            })
    }

    private func stages(_ lattice: DisplacementLattice, _ size: SpatialSize) -> [[SpatialStage]] {
        let turn = AffineMap.rotation(degrees: 4, about: size.center)
        // Rows of the result stay rows of the lattice, but run from beyond one end to beyond the other, or backwards.
        let stretch = AffineMap.scale(SIMD3(-1.2, 1, 1), about: size.center)
        return [
            [.lattice(lattice)], [.bSpline(lattice)], [.affine(stretch), .lattice(lattice)],
            [.affine(stretch), .bSpline(lattice)], [.affine(turn), .lattice(lattice)],
            [.affine(turn), .bSpline(lattice)],
        ]
    }

    @Test(arguments: sizes, counts) func `every level finds the places that are meant`(
        size: SpatialSize, count: Int
    ) throws {
        let isFlat = size.z == 1
        let lattice = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: count, y: 5, z: isFlat ? 1 : 4), reach: 3, seed: 12)
        let extent = SIMD3(Double(size.x), Double(size.y), Double(size.z))
        for stages in stages(lattice, size) {
            let map = SpatialMap(outputSize: size, stages: stages)
            let places = (0..<size.x * size.y * size.z).map { i in
                let pixel = SIMD3(i % size.x, i / size.x % size.y, i / (size.x * size.y))
                // A ramp ends with the centers of its first and last pixel.
                return pointwiseMin(
                    pointwiseMax(map.source(of: SIMD3<Double>(pixel) + 0.5), .init(repeating: 0.5)), extent - 0.5)
            }
            for axis in 0..<(isFlat ? 2 : 3) {
                let ramp = ramp(axis, size)
                for level in KernelLevel.supported {
                    let image = try ramp.rendered(
                        map: map, interpolation: .linear, border: .replicate, operations: [], kind: .float32,
                        axes: ramp.axes, workers: 1, level: level)
                    guard case .float32(let found) = image else { throw WarpTestError.wrongType }
                    let worst = zip(found.values, places).map { abs(Double($0) - $1[axis]) }.max() ?? 0
                    #expect(worst < 2e-3, "\(level), axis \(axis), \(stages.count) stages: off by \(worst)")
                }
            }
        }
    }
}
