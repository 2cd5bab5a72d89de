import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Numbers called SciPy's were calculated with SciPy 1.x (`scipy.ndimage`, mode mirror, truncate 4).
@Suite("Values of blurs")
struct BlurValues {
    private let places = [(0, 0), (4, 5), (9, 11), (3, 0)]

    private func picture() -> Image<Float> {
        var image = Image<Float>(axes: [.y, .x], sizes: [10, 12], color: .gray)
        for y in 0..<10 { for x in 0..<12 { image[y, x] = Float((7 * x + 13 * y + x * y) % 50 + 10) } }
        return image
    }

    private func expect(_ transform: any Transform, _ values: [Float], tolerance: Float = 1e-3) throws {
        let result = try Pipeline.changed(picture(), by: transform)
        for (place, value) in zip(places, values) {
            #expect(abs(result[place.0, place.1] - value) < tolerance)
        }
    }

    @Test func gaussianIsThatOfSciPy() throws {
        var blur = GaussianBlur()
        blur.sigma = [.fixed(1.3)]
        try expect(blur, [29.3957, 36.4091, 33.4261, 36.8268])
        blur.sigma = [.fixed(1.6), .fixed(0.8)]
        try expect(blur, [26.0657, 36.4177, 33.7879, 38.8555])
    }

    @Test func millimetresFollowTheSpacing() throws {
        var blur = GaussianBlur()
        blur.sigmaMillimetres = [.fixed(0.8)]
        var image = picture()
        image.geometry = Geometry(spacingMillimetres: SIMD3(0.5, 1, 1))
        let result = try Pipeline.changed(image, by: blur)
        for (place, value) in zip(places, [26.0657, 36.4177, 33.7879, 38.8555] as [Float]) {
            #expect(abs(result[place.0, place.1] - value) < 1e-3)
        }
        let error = #expect(throws: AugmentError.self) { try Pipeline.changed(picture(), by: blur) }
        #expect(error?.description.contains("needs an image with a spacing") == true)
    }

    @Test func boxAndMedianAndUnsharpMaskAreThoseOfSciPy() throws {
        var box = BoxBlur()
        box.size = .fixed(5)
        try expect(box, [35.44, 35, 34.44])
        var median = MedianBlur()
        median.size = .fixed(5.4)
        try expect(median, [23, 35, 49])
        var sharpen = Sharpen()
        sharpen.amount = .fixed(1.5)
        // With truncate 3.
        try expect(sharpen, [-12.4434, -12.1344, 82.4573])
    }

    @Test func volumesAreBlurredAlongZ() throws {
        var point = Image<Float>(axes: [.z, .y, .x], sizes: [9, 9, 9])
        point[4, 4, 4] = 1000
        let blurred = try Pipeline.changed(point, by: GaussianBlur())
        #expect(blurred[3, 4, 4] == blurred[4, 3, 4] && blurred[4, 3, 4] == blurred[4, 4, 5])
        let boxed = try Pipeline.changed(point, by: BoxBlur())
        #expect(abs(boxed[3, 3, 5] - 1000 / 27) < 1e-3 && boxed[2, 4, 4] == 0)
    }

    @Test func aMovingPointLeavesALine() throws {
        var point = Image<Float>(axes: [.y, .x], sizes: [21, 21])
        point[10, 10] = 1000
        var blur = MotionBlur()
        (blur.length, blur.angle) = (.fixed(8), .fixed(0))
        let across = try Pipeline.changed(point, by: blur)
        #expect(abs((0..<21).map { across[10, $0] }.reduce(0, +) - 1000) < 1e-2)
        #expect((7..<14).allSatisfy { abs(across[10, $0] - 125) < 1 })
        // At 30 degrees the mixed second moment is that of a line of length 8: 64/12 · sin 30° · cos 30°.
        blur.angle = .fixed(30)
        let tilted = try Pipeline.changed(point, by: blur)
        var (sum, xx, xy, yy): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for y in 0..<21 {
            for x in 0..<21 {
                let (dx, dy, value) = (Float(x - 10), Float(y - 10), tilted[y, x])
                (sum, xx, xy, yy) = (sum + value, xx + value * dx * dx, xy + value * dx * dy, yy + value * dy * dy)
            }
        }
        #expect(abs(sum - 1000) < 1e-2)
        #expect(abs(xy / sum - 64 / 12 * 0.433) < 0.02)
        #expect(xx > yy && xy > 0)
    }

    @Test func aPointOutOfFocusIsADisk() throws {
        let kernel = try BlurKernel.disk(radius: 3)
        #expect(kernel.width == 7)
        #expect(abs(kernel.weights.reduce(0, +) - 1) < 1e-12)
        // The middle pixel is all inside: its weight is one over the disk's area.
        #expect(abs(kernel.weights[24] - 1 / (9 * Double.pi)) < 1e-4)
        #expect(kernel.weights[0] == 0)
        let small = try BlurKernel.disk(radius: 0.6)
        #expect(small.width == 3 && small.weights[4] > 0.8)
    }
}
