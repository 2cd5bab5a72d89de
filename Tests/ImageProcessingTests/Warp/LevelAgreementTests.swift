import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// What a warp gives must not depend on the processor: levels differ by at most 1e-5 of a value.
@Suite struct LevelAgreementTests {
    /// Noise between 500 and 1500: neighbors differ as much as they can, and no value is small.
    private func noise(_ axes: [Axis], _ sizes: [Int]) -> Image<Float> {
        var random = SeededGenerator(seed: 5)
        return Image(axes: axes, sizes: sizes) {
            for i in 0..<$0.count { $0[i] = Float.random(in: 500...1500, using: &random) }
        }
    }

    private func stages(_ size: SpatialSize) throws -> [[SpatialStage]] {
        let spline = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: 7, y: 7, z: size.z > 1 ? 7 : 1), reach: 6, seed: 3)
        let turn = AffineMap.rotation(degrees: 33, about: size.center)
        return [[.affine(turn)], [.bSpline(spline)], [.affine(turn), .bSpline(spline)], [.lattice(spline)]]
    }

    @Test(arguments: [Interpolation.linear, .cubic], [SpatialSize(x: 90, y: 81, z: 40), SpatialSize(x: 300, y: 211)])
    func `every level gives the same values`(interpolation: Interpolation, size: SpatialSize) throws {
        let isFlat = size.z == 1
        let axes: [Axis] = isFlat ? [.y, .x] : [.z, .y, .x]
        let image = AnyImage(noise(axes, isFlat ? [size.y, size.x] : [size.z, size.y, size.x]))
        for stages in try stages(size) {
            let map = SpatialMap(outputSize: size, stages: stages)
            let results = try KernelLevel.supported.map { level in
                try image.rendered(
                    map: map, interpolation: interpolation, border: .reflect101, operations: [], kind: .float32,
                    axes: axes,
                    workers: 2, level: level)
            }.map { $0.converted(to: Float.self).values }
            for values in results.dropFirst() {
                let worst = zip(values, results[0]).map { abs($0 - $1) / max(abs($1), 500) }.max() ?? 0
                #expect(worst <= 1e-5, "\(stages.count) stages, \(interpolation)")
            }
        }
    }
}
