import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// Every level against the same formula: the sample that holds the place, found in `Double`.
@Suite struct LabelLevelTests {
    private static let sizes = [SpatialSize(x: 37, y: 29), SpatialSize(x: 19, y: 14, z: 11)]
    private static let borders: [BorderMode] = [.constant(5), .replicate, .reflect, .reflect101, .wrap]

    private func maps(_ size: SpatialSize) throws -> [SpatialMap] {
        let spline = try DisplacementLattice.random(
            covering: size, counts: SpatialSize(x: 6, y: 5, z: size.z > 1 ? 4 : 1), reach: 5, seed: 8)
        let turn = AffineMap.rotation(degrees: 28, about: size.center) * .translation(SIMD3(7.3, -5.6, 0))
        // Wider than a whole vector and than what lies in the image.
        let output = SpatialSize(x: 45, y: 21, z: size.z > 1 ? 9 : 1)
        return [[.affine(turn)], [.lattice(spline)], [.bSpline(spline)], [.affine(turn), .lattice(spline)]]
            .map { SpatialMap(outputSize: output, stages: $0) }
    }

    private func position(_ place: Double, _ length: Int, _ border: BorderMode) -> Int? {
        let position = Int(place.rounded(.down))
        if (0..<length).contains(position) { return position }
        func modulo(_ divisor: Int) -> Int { ((position % divisor) + divisor) % divisor }
        switch border {
        case .constant: return nil
        case .replicate: return position < 0 ? 0 : length - 1
        case .wrap: return modulo(length)
        case .reflect: return min(modulo(2 * length), 2 * length - 1 - modulo(2 * length))
        case .reflect101: return min(modulo(2 * length - 2), 2 * length - 2 - modulo(2 * length - 2))
        }
    }

    private func check<Scalar: NumericScalar>(_ type: Scalar.Type, _ size: SpatialSize, _ border: BorderMode) throws {
        var generator = SeededGenerator(seed: 3)
        let isFlat = size.z == 1
        let image = Image<Scalar>(
            axes: isFlat ? [.y, .x] : [.z, .y, .x], sizes: isFlat ? [size.y, size.x] : [size.z, size.y, size.x],
            color: .labels, domain: .labels
        ) { for i in 0..<$0.count { $0[i] = Scalar(converting: Double.random(in: 0..<120, using: &generator)) } }
        let labels = image.values
        for map in try maps(size) {
            let results = try KernelLevel.supported.map {
                try AnyImage(image).renderedLabels(map: map, border: border, workers: 1, level: $0)
                    .accept(LabelValues())
            }
            var asked = 0
            for i in results[0].indices {
                let (width, height) = (map.outputSize.x, map.outputSize.y)
                let pixel = SIMD3(i % width, i / width % height, i / (width * height))
                let place = map.source(of: SIMD3<Double>(pixel) + 0.5)
                // At the edge between two samples the last bits of a place decide.
                let isBetween = (0..<(isFlat ? 2 : 3)).contains { abs(place[$0] - place[$0].rounded()) < 1e-3 }
                guard !isBetween else { continue }
                var expected = 5.0
                if let x = position(place.x, size.x, border), let y = position(place.y, size.y, border),
                    let z = isFlat ? 0 : position(place.z, size.z, border)
                {
                    expected = labels[(z * size.y + y) * size.x + x].doubleValue
                }
                for (level, found) in zip(KernelLevel.supported, results) {
                    #expect(found[i] == expected, "\(level), \(Scalar.kind), \(place)")
                }
                asked += 1
            }
            #expect(asked > results[0].count * 9 / 10)
        }
    }

    @Test(arguments: sizes, borders)
    func `every level takes the label that holds the place`(size: SpatialSize, border: BorderMode) throws {
        try check(UInt8.self, size, border)
        try check(Int64.self, size, border)
    }

    @Test(arguments: sizes) func `labels of every width are moved as they are`(size: SpatialSize) throws {
        try check(Int16.self, size, .constant(5))
        try check(UInt32.self, size, .reflect)
        try check(Float16.self, size, .wrap)
        try check(Double.self, size, .replicate)
    }
}

/// The samples of any image as `Double`.
private struct LabelValues: ImageVisitor {
    func visit<Source: ImageScalar>(_ image: Image<Source>) -> [Double] { image.converted(to: Double.self).values }
}
