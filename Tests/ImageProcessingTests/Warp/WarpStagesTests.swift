import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// Images whose values are the places themselves: what a warp shows says where it took it from.
@Suite struct WarpStagesTests {
    private let size = SpatialSize(x: 70, y: 45, z: 20)

    private func ramp(_ axis: Int, isFlat: Bool) -> Image<Float> {
        let axes: [Axis] = isFlat ? [.y, .x] : [.z, .y, .x]
        let sizes = isFlat ? [size.y, size.x] : [size.z, size.y, size.x]
        return Image(axes: axes, sizes: sizes) {
            for i in 0..<$0.count {
                let place = [i % size.x, i / size.x % size.y, i / size.x / size.y]
                $0[i] = Float(place[axis]) + 0.5
            }
        }
    }

    /// Compares places of every level with those in `Double`, at some pixels that lie inside.
    private func check(_ stages: [SpatialStage], isFlat: Bool, tolerance: Double = 2e-3) throws {
        let output = SpatialSize(x: size.x, y: size.y, z: isFlat ? 1 : size.z)
        let map = SpatialMap(outputSize: output, stages: stages)
        let lengths = SIMD3(Double(size.x), Double(size.y), isFlat ? 2 : Double(size.z))
        let sources = stride(from: 0, to: output.x * output.y * output.z, by: isFlat ? 13 : 211).compactMap { i in
            let place = SIMD3(i % size.x, i / size.x % size.y, i / size.x / size.y)
            var source = map.source(of: SIMD3<Double>(place) + 0.5)
            if isFlat { source.z = 1 }
            return (source - 0.51).min() > 0 && (lengths - 0.51 - source).min() > 0 ? (i, source) : nil
        }
        #expect(sources.count > 40)
        for axis in 0..<(isFlat ? 2 : 3) {
            for level in KernelLevel.supported {
                let result = try AnyImage(ramp(axis, isFlat: isFlat)).rendered(
                    map: map, interpolation: .linear, border: .constant(-1e6), operations: [], kind: .float32,
                    axes: isFlat ? [.y, .x] : [.z, .y, .x], workers: 2, level: level)
                guard case .float32(let image) = result else { throw WarpTestError.wrongType }
                let values = image.values
                let worst = sources.map { abs(Double(values[$0.0]) - $0.1[axis]) }.max() ?? 0
                #expect(worst < tolerance, "\(level), axis \(axis)")
            }
        }
    }

    @Test func `stages of pictures`() throws {
        let flat = SpatialSize(x: size.x, y: size.y)
        let spline = try DisplacementLattice.random(
            covering: flat, counts: SpatialSize(x: 6, y: 5), reach: 3, seed: 1)
        let many = try DisplacementLattice.random(
            covering: flat, counts: SpatialSize(x: 40, y: 5), reach: 1, seed: 2)
        let turn = AffineMap.rotation(degrees: 20, about: flat.center)
        let corners = [Point(x: 0, y: 0), Point(x: 70, y: 0), Point(x: 70, y: 45), Point(x: 0, y: 45)]
        let moved = [Point(x: 3, y: 2), Point(x: 66, y: 5), Point(x: 64, y: 44), Point(x: 1, y: 41)]
        let view = try #require(Homography(from: corners, to: moved))
        let lens = RadialDistortion(center: SIMD2(35, 22), focalLength: SIMD2(70, 45), k1: 0.1, k2: -0.05)
        try check([.affine(turn)], isFlat: true)
        try check([.perspective(view)], isFlat: true)
        try check([.radial(lens)], isFlat: true)
        try check([.bSpline(spline)], isFlat: true)
        try check([.bSpline(many)], isFlat: true)
        try check([.lattice(spline)], isFlat: true)
        try check([.lattice(many), .affine(turn)], isFlat: true)
        try check([.affine(turn), .bSpline(spline), .radial(lens), .perspective(view)], isFlat: true)
        try check([.inverse(of: .radial(lens))], isFlat: true)
        try check([.inverse(of: .bSpline(spline)), .affine(turn)], isFlat: true)
        try check([.affine(turn), .inverse(of: .perspective(view)), .inverse(of: .lattice(spline))], isFlat: true)
    }

    @Test func `stages of volumes`() throws {
        let spline = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: 6, y: 5, z: 4), reach: 2, seed: 3)
        let turn = AffineMap.rotation(degrees: SIMD3(5, -4, 20), about: size.center)
        try check([.affine(turn)], isFlat: false)
        try check([.bSpline(spline)], isFlat: false)
        try check([.bSpline(spline), .affine(turn)], isFlat: false)
        try check([.lattice(spline), .affine(turn)], isFlat: false)
        try check([.affine(turn), .bSpline(spline)], isFlat: false)
        try check([.affine(.flip(.x, length: size.x)), .bSpline(spline)], isFlat: false)
        try check([.affine(turn), .lattice(spline)], isFlat: false)
        try check([.inverse(of: .bSpline(spline)), .affine(turn)], isFlat: false)
    }

    @Test func `rows longer than a block have no seams`() throws {
        let wide: Image<Float> = Image(axes: [.y, .x], sizes: [2, 1300]) {
            for i in 0..<$0.count { $0[i] = Float(i % 1300) }
        }
        let flat = SpatialSize(x: 1300, y: 2)
        let lattice = try DisplacementLattice.random(
            covering: flat, counts: SpatialSize(x: 9, y: 2), reach: 4, seed: 4)
        let map = SpatialMap(outputSize: flat, stages: [.bSpline(lattice)])
        let result = try wide.warped(by: map, border: .replicate)
        for x in 10..<1290 {
            let source = map.source(of: SIMD3(Double(x) + 0.5, 0.5, 0.5))
            #expect(abs(Double(result[0, x]) - (source.x - 0.5)) < 2e-3)
        }
    }
}
