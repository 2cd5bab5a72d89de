import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Pictures of half the size")
struct HalvedTests {
    private func check<Scalar: NumericScalar>(_ image: Image<Scalar>, _ tolerance: Double) throws {
        let (width, height) = (image.width / 2, image.height / 2)
        var kernel = try #require(HalvingKernel(Planes(image), width: width, height: height))
        for level in KernelLevel.supported {
            kernel.level = level
            let found = Image<Scalar>(axes: image.axes, sizes: [height, width, image.channels]) {
                kernel.halve(image.samples, into: &$0)
            }
            var worst = 0.0
            for y in 0..<height {
                for x in 0..<width {
                    for c in 0..<image.channels {
                        let four = [(0, 0), (0, 1), (1, 0), (1, 1)].map {
                            image[2 * y + $0.0, 2 * x + $0.1, c].doubleValue
                        }
                        let mean = four.reduce(0, +) / 4
                        let expected = Scalar.kind.isFloatingPoint ? mean : mean.rounded(.toNearestOrAwayFromZero)
                        worst = max(worst, abs(found[y, x, c].doubleValue - expected))
                    }
                }
            }
            #expect(worst <= tolerance, "\(level) \(Scalar.self)")
        }
    }

    /// Rows about as long as vectors; negative means, too, are rounded away from zero.
    @Test(arguments: [1, 8, 17, 33], [1, 2, 3, 4])
    func `each pixel is the mean of four at every level`(width: Int, channels: Int) throws {
        let image = Image<UInt8>.random(width: 2 * width, height: 6, channels: channels, seed: 95)
        try check(image, 0)
        try check(image.map { UInt16($0) * 257 }, 0)
        try check(image.map { Int16($0) - 128 }, 0)
        try check(image.map { Float($0) * 0.37 }, 1e-5)
    }

    @Test func `halves by resizing are those by weights`() throws {
        let image = Image<UInt8>.random(width: 46, height: 18, channels: 3, seed: 96)
        let size = PixelSize(width: 23, height: 9)
        for interpolation in [Interpolation.linear, .area] {
            let found = try image.resized(to: size, interpolation: interpolation)
            let exact = try image.converted(to: Double.self).resized(to: size, interpolation: interpolation)
            #expect(FilterTests.largestDifference(found, exact) < 0.501)
        }
        // Stretched filters reach further.
        let stretched = try image.resized(to: size, interpolation: .linear, antialias: true)
        let exact = try image.converted(to: Double.self).resized(to: size, interpolation: .linear, antialias: true)
        #expect(FilterTests.largestDifference(stretched, exact) < 0.501)
    }
}
