import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct FilterTests {
    static let borders: [BorderMode] = [.constant(9), .replicate, .reflect, .reflect101, .wrap]

    /// The definition in `Double`: every sample beyond the edges is looked up one by one.
    static func correlated(
        _ image: Image<Double>, _ kernel: [[Double]], _ anchor: (x: Int, y: Int), _ border: BorderMode
    ) -> Image<Double> {
        var result = image
        for y in 0..<image.height {
            for x in 0..<image.width {
                for c in 0..<image.channels {
                    var sum = 0.0
                    for (j, row) in kernel.enumerated() {
                        for (i, weight) in row.enumerated() {
                            let column = border.index(x + i - anchor.x, image.width)
                            let line = border.index(y + j - anchor.y, image.height)
                            if let column, let line {
                                sum += weight * image[line, column, c]
                            } else {
                                sum += weight * border.value
                            }
                        }
                    }
                    result[y, x, c] = sum
                }
            }
        }
        return result
    }

    static func largestDifference<Scalar: NumericScalar>(_ image: Image<Scalar>, _ other: Image<Double>) -> Double {
        zip(image.values, other.values).reduce(0) { max($0, abs($1.0.doubleValue - $1.1)) }
    }

    @Test(arguments: borders)
    func `a kernel with an anchor follows its definition`(border: BorderMode) throws {
        let image = Image<UInt8>.random(width: 9, height: 7, channels: 3, seed: 21)
        let kernel = [[0.25, -1, 2, 0], [1, 0.5, -0.75, 0.125]]
        let expected = Self.correlated(image.converted(to: Double.self), kernel, (3, 0), border)
        let found = try image.correlated(with: FilterKernel(kernel, anchor: (3, 0)), border: border, as: Double.self)
        #expect(Self.largestDifference(found, expected) < 1e-9)
        let rounded = try image.correlated(with: FilterKernel(kernel, anchor: (3, 0)), border: border)
        #expect(rounded.values == expected.values.map { UInt8(saturating: $0) })
    }

    @Test(arguments: borders)
    func `a Gaussian blur of every scalar follows its definition`(border: BorderMode) throws {
        let image = Image<UInt8>.random(width: 37, height: 5, channels: 3, seed: 22)
        let (x, y) = (try gaussianWeights(size: 7, sigma: 1.5), try gaussianWeights(size: 3, sigma: 0.7))
        let kernel = y.map { weight in x.map { $0 * weight } }
        let expected = Self.correlated(image.converted(to: Double.self), kernel, (3, 1), border)
        func check<Scalar: NumericScalar>(_ type: Scalar.Type, _ tolerance: Double) throws {
            let found = try image.converted(to: type).gaussianBlurred(
                width: 7, height: 3, sigmaX: 1.5, sigmaY: 0.7, border: border)
            #expect(Self.largestDifference(found, expected) < tolerance, "\(type)")
        }
        try check(UInt8.self, 0.501)
        try check(UInt16.self, 0.501)
        try check(Int16.self, 0.501)
        try check(Float.self, 1e-4)
        try check(Double.self, 1e-9)
    }

    @Test func `a constant image stays constant under every blur`() throws {
        for value in [10.0, 99, 200, 255] {
            let image = Image<UInt8>(axes: [.y, .x], sizes: [9, 40], repeating: UInt8(value))
            #expect(try image.gaussianBlurred(sigma: 0.5) == image)
            #expect(try image.gaussianBlurred(sigma: 1.7) == image)
            #expect(try image.boxBlurred(width: 5, height: 4) == image)
            #expect(try image.sharpened() == image)
        }
    }

    @Test func `sharpening saturates`() throws {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [5, 5], repeating: 10)
        image[2, 2] = 250
        #expect(try image.sharpened(amount: 4)[2, 2] == 255)
        #expect(try image.sharpened(amount: 4)[2, 1] == 0)
    }

    @Test(arguments: [1, 3, 7])
    func `a median is the middle one of its square, whatever the scalar`(size: Int) throws {
        let image = Image<UInt8>.random(width: 8, height: 6, channels: 2, seed: 23).converted(to: Int16.self) - 100
        let found = try image.medianFiltered(size: size)
        for (y, x, c) in [(0, 0, 0), (3, 4, 1), (5, 7, 0)] {
            let window = (-size / 2...size / 2).flatMap { dy in
                (-size / 2...size / 2).map { dx in
                    image[min(max(y + dy, 0), 5), min(max(x + dx, 0), 7), c]
                }
            }
            #expect(found[y, x, c] == window.sorted()[window.count / 2])
        }
    }

    @Test func `views, geometry and wrong arguments`() throws {
        var image = Image<UInt8>.random(width: 20, height: 16, channels: 3, seed: 24)
        image.geometry = Geometry(mppX: 0.5, mppY: 0.25)
        let view = image.cropped(to: PixelRect(x: 3, y: 2, width: 11, height: 9)).flipped(.x)
        #expect(try view.gaussianBlurred(sigma: 1) == view.copied().gaussianBlurred(sigma: 1))
        #expect(try view.gaussianBlurred(sigma: 1).geometry == view.geometry)
        let planar = try view.rearranged(to: [.channel, .y, .x])
        #expect(try planar.gaussianBlurred(sigma: 1).hasSameSamples(as: view.gaussianBlurred(sigma: 1)))
        let empty = Image<UInt8>(axes: [.y, .x], sizes: [0, 4])
        #expect(throws: ImageError.emptyImage) { try empty.gaussianBlurred(sigma: 1) }
        #expect(throws: ImageError.self) { try image.gaussianBlurred(sigma: -1) }
        #expect(throws: ImageError.self) { try image.gaussianBlurred(width: 4, height: 3) }
        #expect(throws: ImageError.self) { try image.medianFiltered(size: 4) }
        #expect(throws: ImageError.self) { try FilterKernel([[1], [1, 2]]) }
    }

    @Test func `every level of the kernels gives the same`() throws {
        let image = Image<UInt8>.random(width: 61, height: 9, channels: 3, seed: 25)
        let planes = try Planes(image)
        let weights = try gaussianWeights(size: 5, sigma: 1).map { Float($0) }
        let results = KernelLevel.supported.map { level in
            let kernel = SmoothKernel(
                planes: planes, x: weights, y: weights, anchorX: 2, anchorY: 2, border: .wrap, level: level)
            return Image<UInt8>(axes: image.axes, sizes: image.sizes) { kernel.filter(image.samples, into: &$0) }.values
        }
        for result in results { #expect(zip(result, results[0]).allSatisfy { abs(Int($0) - Int($1)) <= 1 }) }
    }

    @Test(arguments: [
        BorderMode.constant(-3), .replicate, .reflect, .reflect101, .wrap,
    ])
    func `volumes of floats by the kernels are those of every axis in turn`(border: BorderMode) throws {
        for (axes, sizes) in [
            ([Axis.z, .y, .x], [7, 5, 21]), ([.channel, .z, .y, .x], [2, 3, 6, 18]),
            ([.z, .y, .x, .channel], [4, 5, 6, 3]),
            ([.y, .z, .x], [4, 1, 35]),
        ] {
            var image = Image<Float>(axes: axes, sizes: sizes)
            var samples = image.mutableSamples
            for i in 0..<samples.count { samples[i] = NoiseField(key: 1).normal(at: i) }
            for sigma in [0.4, 0.9, 2] {
                let weights = try gaussianWeights(size: 2 * Int((4 * sigma).rounded()) + 1, sigma: sigma)
                let found = try image.gaussianBlurred(sigma: sigma, along: [.x, .y, .z], reach: 4, border: border)
                let exact = try image.converted(to: Double.self).correlated(
                    along: [(.z, weights), (.y, weights), (.x, weights)], border: border)
                #expect(found.axes == axes)
                for i in 0..<image.count { #expect(abs(Double(found.samples[i]) - exact.samples[i]) < 3e-6) }
            }
        }
    }
}
